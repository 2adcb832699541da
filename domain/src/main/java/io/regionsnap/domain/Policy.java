package io.regionsnap.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long things are kept, and which times are believed.
 *
 * @param retention how far below the newest snapshot of its region an index member may lie
 * @param grace how much longer than the retention a view lives, so that the index never names a
 *     view that has expired; at least as long as the claim lives
 * @param bucket within one of these, a region takes one snapshot for each trigger reason
 * @param claimLifetime how long a claim lives, from the moment of persisting
 * @param aheadTolerance how far ahead of the clock a snapshot may be dated
 */
public record Policy(
    Duration retention,
    Duration grace,
    Duration bucket,
    Duration claimLifetime,
    Duration aheadTolerance) {

  /** 90 days, 1 day, 15 minutes, 15 minutes and 5 minutes. */
  public static final Policy DEFAULT = new Policy(
      Duration.ofDays(90),
      Duration.ofDays(1),
      Duration.ofMinutes(15),
      Duration.ofMinutes(15),
      Duration.ofMinutes(5));

  /**
   * Checks that the times agree.
   *
   * @throws IllegalArgumentException if one is not positive, or the grace is shorter than the
   *     claim's life
   */
  public Policy {
    requirePositive(retention, "retention");
    requirePositive(grace, "grace");
    requirePositive(bucket, "bucket");
    requirePositive(claimLifetime, "claimLifetime");
    requirePositive(aheadTolerance, "aheadTolerance");
    if (grace.compareTo(claimLifetime) < 0) {
      throw new IllegalArgumentException("a claim would outlive what it names: grace " + grace);
    }
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.toMillis() <= 0) {
      throw new IllegalArgumentException(name + " is less than a millisecond: " + duration);
    }
  }

  /**
   * How long after its {@code generated_at} a snapshot's views expire.
   *
   * @return retention and grace, in milliseconds
   */
  public long viewLifetimeMillis() {
    return retention.toMillis() + grace.toMillis();
  }

  /**
   * When the views of a snapshot expire.
   *
   * @param generatedAtMillis epoch milliseconds
   * @return epoch milliseconds
   */
  public long viewsExpireAtMillis(long generatedAtMillis) {
    return generatedAtMillis + viewLifetimeMillis();
  }

  /**
   * The number of the bucket that an instant falls into.
   *
   * @param generatedAtMillis epoch milliseconds
   * @return buckets since the epoch
   */
  public long bucketOf(long generatedAtMillis) {
    return Math.floorDiv(generatedAtMillis, bucket.toMillis());
  }

  /**
   * Judges when a snapshot was generated.
   *
   * @param generatedAtMillis epoch milliseconds
   * @param nowMillis epoch milliseconds
   * @return why it is refused; empty if it is not
   */
  public Optional<Refusal> refusalOf(long generatedAtMillis, long nowMillis) {
    if (generatedAtMillis < nowMillis - retention.toMillis()) {
      return Optional.of(new Refusal(
          Refusal.Code.OLDER_THAN_RETENTION,
          "generated_at %s is older than the retention of %d days; it would expire at once"
              .formatted(Instant.ofEpochMilli(generatedAtMillis), retention.toDays())));
    }
    if (generatedAtMillis > nowMillis + aheadTolerance.toMillis()) {
      return Optional.of(new Refusal(
          Refusal.Code.FROM_THE_FUTURE,
          "generated_at %s is more than %d minutes ahead of the clock, %s; check both clocks"
              .formatted(
                  Instant.ofEpochMilli(generatedAtMillis),
                  aheadTolerance.toMinutes(),
                  Instant.ofEpochMilli(nowMillis))));
    }
    return Optional.empty();
  }
}
