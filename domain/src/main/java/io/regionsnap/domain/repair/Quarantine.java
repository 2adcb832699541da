package io.regionsnap.domain.repair;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.Key;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives keys in quarantine, each one once, also to plans that are made in the same millisecond, or
 * sooner after one another than the first has keys. Thread-safe.
 */
final class Quarantine {
  /** How long what was moved aside stays there, from the making of the plan. */
  static final Duration LIFETIME = Duration.ofDays(365);

  private final KeyLayout layout;
  private final long nowMillis;
  private final long expiresAtMillis;
  private final AtomicLong lastNumber;

  /** @param lastNumber the last one of the plans before this */
  Quarantine(KeyLayout layout, long nowMillis, AtomicLong lastNumber) {
    this.layout = layout;
    this.nowMillis = nowMillis;
    this.lastNumber = lastNumber;
    this.expiresAtMillis = nowMillis + LIFETIME.toMillis();
  }

  Key next(Region region, Key from) {
    long number = lastNumber.updateAndGet(last -> Math.max(last + 1, nowMillis));
    return layout.quarantine(region, number, from);
  }

  long expiresAtMillis() {
    return expiresAtMillis;
  }
}
