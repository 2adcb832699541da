package io.regionsnap.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move. Any number of threads may use it at once. */
public final class MutableClock implements InstantSource {
  private volatile Instant now;

  /**
   * A clock that stands at an instant.
   *
   * @param start the instant
   */
  public MutableClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /**
   * Sets the clock, forward or back.
   *
   * @param instant where it stands from now on
   */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  /**
   * Moves the clock.
   *
   * @param step how far; back if negative
   */
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }
}
