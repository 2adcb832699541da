package io.regionsnap.testkit;

import io.regionsnap.testkit.HistoryStep.Draft;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random histories, made so that things meet: few regions, ids and reasons, and times that repeat,
 * lie a millisecond to either side of every limit, or are years off.
 */
public final class HistorySteps {
  /** The regions of these histories. */
  public static final List<String> REGIONS = List.of("mena", "north-america");

  private HistorySteps() {}

  /**
   * Histories.
   *
   * @param maxLength the longest, in steps
   * @return lists of steps
   */
  public static Arbitrary<List<HistoryStep>> histories(int maxLength) {
    return steps().list().ofMinSize(1).ofMaxSize(maxLength);
  }

  private static Arbitrary<HistoryStep> steps() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, drafts().list().ofMinSize(1).ofMaxSize(4).map(HistoryStep.Persist::new)),
        Tuple.of(5, advances().map(HistoryStep.Advance::new)),
        Tuple.of(2, skews().map(HistoryStep.SetWriterClock::new)),
        Tuple.of(2, Arbitraries.of(REGIONS).map(HistoryStep.PutLive::new)),
        Tuple.of(1, Arbitraries.just(new HistoryStep.Reopen())));
  }

  private static Arbitrary<Draft> drafts() {
    return Combinators.combine(
            Arbitraries.of(REGIONS),
            Arbitraries.of("id-1", "id-2", "id-3", "id-4", "id-5", "id-6", "id-7", "id-8"),
            offsets(),
            Arbitraries.frequency(
                Tuple.of(3, "scheduled_6h"), Tuple.of(1, "regime_shift"), Tuple.of(1, "x")),
            Arbitraries.frequency(Tuple.of(9, "a"), Tuple.of(1, "b")))
        .as(Draft::new);
  }

  /** Around now, the same few instants again and again; and around each limit. */
  private static Arbitrary<Duration> offsets() {
    Duration retention = Duration.ofDays(90);
    return Arbitraries.frequencyOf(
        Tuple.of(
            8,
            Arbitraries.of(
                Duration.ZERO,
                Duration.ofMillis(-1),
                Duration.ofSeconds(-45),
                Duration.ofMinutes(-15),
                Duration.ofMinutes(-16),
                Duration.ofHours(-6),
                Duration.ofDays(-1))),
        Tuple.of(
            2,
            Arbitraries.of(
                Duration.ofDays(-45),
                retention.negated().plusMillis(1),
                retention.negated(),
                retention.negated().minusMillis(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5).plusMillis(1))),
        Tuple.of(2, Arbitraries.longs().between(-7_800_000_000L, 310_000).map(Duration::ofMillis)));
  }

  private static Arbitrary<Duration> advances() {
    return Arbitraries.of(
        Duration.ofMillis(1),
        Duration.ofSeconds(45),
        Duration.ofMinutes(15).minusMillis(1),
        Duration.ofMinutes(15),
        Duration.ofHours(6),
        Duration.ofHours(6),
        Duration.ofDays(1),
        Duration.ofDays(45),
        Duration.ofDays(90),
        Duration.ofDays(91),
        Duration.ofDays(400));
  }

  private static Arbitrary<Duration> skews() {
    return Arbitraries.of(
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofMinutes(-14),
        Duration.ofMinutes(-15),
        Duration.ofDays(-2),
        Duration.ofDays(-100),
        Duration.ofMinutes(3),
        Duration.ofMinutes(20),
        Duration.ofDays(30));
  }
}
