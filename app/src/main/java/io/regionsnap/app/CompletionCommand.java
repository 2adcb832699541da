package io.regionsnap.app;

import java.util.concurrent.Callable;
import javax.inject.Inject;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that lets a shell complete commands and options. */
@Command(
    name = "completion",
    description = {"Prints a completion script.", "To use it: source <(regionsnap completion)"},
    sortOptions = false)
final class CompletionCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh; the script is the same. Default: bash.")
  String shell = "bash";

  @Spec
  CommandSpec spec = CommandSpec.create();

  private final Console console;

  @Inject
  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no script for '%s'; for bash and zsh there is".formatted(shell));
    }
    console.line(AutoComplete.bash("regionsnap", spec.root().commandLine()));
    console.flush();
    return ExitCode.OK.number();
  }
}
