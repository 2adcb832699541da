package io.regionsnap.app.sample;

import io.regionsnap.ports.Value;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Snapshots of the eight regions at evenly spaced moments, the last of them now. All of one series
 * can be persisted together: no two of a region share a moment, or a trigger reason within a
 * quarter of an hour, and none is older than the retention.
 *
 * @param slots how many moments
 * @param slotMillis how far apart they are
 * @param size how many bytes each document has; empty for a size like those of real ones
 * @param seed equal seeds give equal snapshots, if the time is equal too
 * @param nowMillis epoch milliseconds
 */
public record SampleSeries(
    int slots, long slotMillis, OptionalInt size, long seed, long nowMillis) {
  /** The largest number of days. */
  public static final int MAX_DAYS = 90;

  /**
   * The largest number of moments in a day: five in each quarter of an hour, one for each reason.
   */
  public static final int MAX_PER_DAY = 480;

  /** The smallest size of a document, in bytes. */
  public static final int MIN_SIZE = 2048;

  private static final long DAY_MILLIS = 86_400_000;
  private static final long BUCKET_MILLIS = 900_000;
  private static final int MIN_NATURAL_SIZE = 6_000;
  private static final int MAX_NATURAL_SIZE = 20_000;

  /** How long before its slot a region's snapshots may be dated: regions are computed in turn. */
  private static final int MAX_LAG_MILLIS = 400;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the spacing allows more than {@value #MAX_PER_DAY} a day,
   *     the series is longer than {@value #MAX_DAYS} days, or a number is not positive
   */
  public SampleSeries {
    if (slots < 1
        || slotMillis < DAY_MILLIS / MAX_PER_DAY
        || slots * slotMillis > MAX_DAYS * DAY_MILLIS) {
      throw new IllegalArgumentException(slots + " slots of " + slotMillis + " ms");
    }
    if (size.isPresent() && size.getAsInt() < MIN_SIZE) {
      throw new IllegalArgumentException("size " + size.getAsInt());
    }
  }

  /**
   * One snapshot for each region, now.
   *
   * @param size as for the series
   * @param seed as for the series
   * @param nowMillis epoch milliseconds
   * @return the series
   */
  public static SampleSeries now(OptionalInt size, long seed, long nowMillis) {
    return new SampleSeries(1, DAY_MILLIS, size, seed, nowMillis);
  }

  /**
   * Snapshots over the last days.
   *
   * @param days how many, 1 to {@value #MAX_DAYS}
   * @param perDay how many moments in each, 1 to {@value #MAX_PER_DAY}
   * @param size as for the series
   * @param seed as for the series
   * @param nowMillis epoch milliseconds
   * @return the series
   */
  public static SampleSeries overDays(
      int days, int perDay, OptionalInt size, long seed, long nowMillis) {
    return new SampleSeries(days * perDay, DAY_MILLIS / perDay, size, seed, nowMillis);
  }

  /**
   * The names of the regions.
   *
   * @return eight names
   */
  public static List<String> regions() {
    return Vocabulary.REGIONS.stream().map(Vocabulary.RegionWords::id).toList();
  }

  /**
   * The snapshots, one by one as they are asked for.
   *
   * @return a stream, oldest first
   */
  public Stream<Sample> samples() {
    List<Long> lags = lags();
    return IntStream.range(0, slots)
        .mapToObj(slot -> slots - 1 - slot)
        .flatMap(slotsAgo -> IntStream.range(0, Vocabulary.REGIONS.size())
            .mapToObj(region -> sample(region, slotsAgo, lags.get(region))));
  }

  private List<Long> lags() {
    Random random = new Random(seed);
    return LongStream.generate(() -> random.nextInt(MAX_LAG_MILLIS))
        .limit(Vocabulary.REGIONS.size())
        .boxed()
        .toList();
  }

  private Sample sample(int region, int slotsAgo, long lagMillis) {
    Random random = new Random(seed ^ (0x9E3779B97F4A7C15L * (slotsAgo * 64L + region + 1)));
    Vocabulary.RegionWords words = Vocabulary.REGIONS.get(region);
    long generatedAtMillis = nowMillis - slotsAgo * slotMillis - lagMillis;
    String id = HexFormat.of().toHexDigits(generatedAtMillis, 12)
        + "-"
        + HexFormat.of().toHexDigits(random.nextLong(), 12);
    int bytes = size.orElseGet(
        () -> MIN_NATURAL_SIZE + random.nextInt(MAX_NATURAL_SIZE - MIN_NATURAL_SIZE));
    String document = new SampleDocument(
            words, generatedAtMillis, id, reason(slotsAgo, random), random)
        .write(bytes);
    return new Sample(words.id(), generatedAtMillis, Value.utf8(document));
  }

  /** Any reason where a bucket holds one moment at most; else each of them in turn. */
  private String reason(int slotsAgo, Random random) {
    List<String> reasons = Vocabulary.REASONS;
    if (slotMillis < BUCKET_MILLIS) {
      return reasons.get(slotsAgo % reasons.size());
    }
    // Two in three are scheduled, as in life.
    int drawn = random.nextInt(3 * (reasons.size() - 1));
    return reasons.get(drawn < reasons.size() ? drawn : 0);
  }
}
