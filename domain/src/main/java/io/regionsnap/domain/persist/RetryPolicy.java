package io.regionsnap.domain.persist;

import java.time.Duration;
import java.util.Optional;

/**
 * When to submit again what is in doubt or was not possible: after a delay that doubles up to a
 * cap, until a deadline.
 *
 * @param firstDelay the first delay
 * @param maxDelay the longest delay
 * @param deadline how long after the first submission the last may begin
 */
public record RetryPolicy(Duration firstDelay, Duration maxDelay, Duration deadline) {
  /** 50 milliseconds doubling to 2 seconds, for 30 seconds. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(30));

  /**
   * Checks the durations.
   *
   * @throws IllegalArgumentException if the first delay is not positive, the cap is below it, or
   *     the deadline is negative
   */
  public RetryPolicy {
    if (firstDelay.toMillis() < 1 || maxDelay.compareTo(firstDelay) < 0 || deadline.isNegative()) {
      throw new IllegalArgumentException(
          "delays %s to %s, deadline %s".formatted(firstDelay, maxDelay, deadline));
    }
  }

  /**
   * The delay before a retry.
   *
   * @param retry which one, counted from 0
   * @param elapsed since the first submission
   * @return how long to wait; empty if the deadline would have passed
   */
  public Optional<Duration> delayBefore(int retry, Duration elapsed) {
    Duration doubled = firstDelay.multipliedBy(1L << Math.min(retry, 30));
    Duration delay = doubled.compareTo(maxDelay) < 0 ? doubled : maxDelay;
    return elapsed.plus(delay).compareTo(deadline) <= 0 ? Optional.of(delay) : Optional.empty();
  }
}
