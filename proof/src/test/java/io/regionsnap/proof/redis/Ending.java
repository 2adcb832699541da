package io.regionsnap.proof.redis;

/** Ends a fault. */
public interface Ending {
  /**
   * Ends it.
   *
   * @return how often it has struck
   */
  long end();
}
