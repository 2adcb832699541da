package io.regionsnap.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * All that a run sees of the world, files aside.
 *
 * @param in the standard input
 * @param out the standard output, buffered
 * @param err the standard error
 * @param terminals which of the three are terminals
 * @param environment the environment variables
 * @param clock the time
 * @param seeds seeds for what is random
 * @param interruption asks the run to end
 */
record Surroundings(
    InputStream in,
    OutputStream out,
    OutputStream err,
    Terminals terminals,
    Map<String, String> environment,
    InstantSource clock,
    LongSupplier seeds,
    Interruption interruption) {
  Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Whether colours are welcome: on terminals, and not where NO_COLOR says otherwise. */
  boolean isColourful() {
    return terminals.out()
        && terminals.err()
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
