package io.regionsnap.benchmarks;

import java.nio.charset.StandardCharsets;

/** What those who write by hand have in common. */
final class Peers {
  private Peers() {}

  /** Ends a benchmark: something was not persisted, so whatever was measured means nothing. */
  static IllegalStateException notNew(String why) {
    return new IllegalStateException("a new snapshot was not persisted: " + why);
  }

  /**
   * Compares the server's clock.
   *
   * @param serverSeconds the first half of the answer to TIME
   * @param millis what it must be before
   */
  static void requireBefore(byte[] serverSeconds, long millis) {
    if (Long.parseLong(new String(serverSeconds, StandardCharsets.US_ASCII)) * 1000 >= millis) {
      throw notNew("the clocks disagree");
    }
  }
}
