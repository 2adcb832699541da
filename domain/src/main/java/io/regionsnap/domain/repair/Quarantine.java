package io.regionsnap.domain.repair;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.Key;
import java.time.Duration;

/** Gives keys in quarantine, each one once. Not thread-safe. */
final class Quarantine {
  /** How long what was moved aside stays there, from the making of the plan. */
  static final Duration LIFETIME = Duration.ofDays(365);

  private final KeyLayout layout;
  private final long expiresAtMillis;
  private long number;

  Quarantine(KeyLayout layout, long nowMillis) {
    this.layout = layout;
    this.number = nowMillis;
    this.expiresAtMillis = nowMillis + LIFETIME.toMillis();
  }

  Key next(Region region, Key from) {
    return layout.quarantine(region, number++, from);
  }

  long expiresAtMillis() {
    return expiresAtMillis;
  }
}
