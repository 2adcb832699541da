package io.regionsnap.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command: what it is called and takes, and what it does. The result is the exit code. */
interface NamedCommand extends Callable<Integer> {
  /** What picocli is to know of it; always the same one. */
  CommandSpec spec();
}
