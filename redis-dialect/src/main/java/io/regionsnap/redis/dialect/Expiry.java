package io.regionsnap.redis.dialect;

import io.regionsnap.ports.IndexEntry;

/** Instants of expiry that Redis takes. */
final class Expiry {
  private Expiry() {}

  /**
   * Redis refuses an expiry that is not positive, and would do so in the middle of a transaction.
   * The first that it takes has passed as well, so that the key is as gone as it should be.
   */
  static long of(long millis) {
    return Math.max(1, millis);
  }

  /** The expiry of what lives so long from the top's score on. */
  static long after(double top, long lifetimeMillis) {
    return of(Replies.whole(top + within(lifetimeMillis)));
  }

  /** A distance that Lua can compute with; scores are no farther than that from each other. */
  static long within(long distance) {
    long limit = 2 * IndexEntry.MAX_SCORE;
    return Math.max(-limit, Math.min(limit, distance));
  }
}
