package io.regionsnap.domain.persist;

import io.regionsnap.ports.Observation;

/** Takes from an observation what its guard promises; anything else is a fault of the store. */
final class Observed {
  private Observed() {}

  static Observation.Held held(Observation observed) {
    if (observed instanceof Observation.Held held) {
      return held;
    }
    throw unexpected(observed);
  }

  static Observation.Entry entry(Observation observed) {
    if (observed instanceof Observation.Entry entry) {
      return entry;
    }
    throw unexpected(observed);
  }

  static Observation.Clock clock(Observation observed) {
    if (observed instanceof Observation.Clock clock) {
      return clock;
    }
    throw unexpected(observed);
  }

  private static IllegalStateException unexpected(Observation observed) {
    return new IllegalStateException(
        "the store observed " + observed + ", which is not what its guard looks at");
  }
}
