package io.regionsnap.proof.history;

import io.regionsnap.proof.history.Step.Draft;
import io.regionsnap.proof.history.Step.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random histories, made so that things meet: two regions, few ids and reasons, the same instants
 * again and again, either side of the edge of a bucket, and late ones.
 */
public final class Histories {
  /** The regions of these histories. */
  public static final List<String> REGIONS = List.of("mena", "north-america");

  private Histories() {}

  /**
   * Histories with faults.
   *
   * @param maxSteps the longest, in steps
   * @return lists of steps
   */
  public static Arbitrary<List<Step>> histories(int maxSteps) {
    return steps().list().ofMinSize(1).ofMaxSize(maxSteps);
  }

  private static Arbitrary<Step> steps() {
    return Arbitraries.frequencyOf(
        Tuple.of(14, persists()),
        Tuple.of(1, Arbitraries.of(REGIONS).map(Step.PutLive::new)),
        Tuple.of(1, Arbitraries.just(new Step.DeliverLate())),
        Tuple.of(2, troubles().map(Step.Idle::new)));
  }

  private static Arbitrary<Step> persists() {
    Arbitrary<List<Draft>> batches = drafts().list().ofMinSize(1).ofMaxSize(2);
    Arbitrary<Optional<Trouble>> trouble = Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(Optional.empty())), Tuple.of(2, troubles().map(Optional::of)));
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, batches.list().ofSize(1)),
                Tuple.of(2, batches.list().ofMinSize(2).ofMaxSize(3))),
            trouble,
            Arbitraries.of(true, false))
        .as(Step.Persist::new);
  }

  private static Arbitrary<Trouble> troubles() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 999), Arbitraries.integers().between(0, 3000))
        .as(Trouble::new);
  }

  /**
   * Snapshots.
   *
   * @return any that the histories persist
   */
  public static Arbitrary<Draft> drafts() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(3, REGIONS.get(0)), Tuple.of(1, REGIONS.get(1))),
            Arbitraries.of("id-1", "id-2", "id-3", "id-4", "id-5", Draft.LONG),
            offsets(),
            Arbitraries.frequency(Tuple.of(2, "scheduled_6h"), Tuple.of(1, "regime_shift")),
            Arbitraries.frequency(Tuple.of(9, "a"), Tuple.of(1, "b")))
        .as(Draft::new);
  }

  /** From the edge of a bucket: histories begin at one. */
  private static Arbitrary<Duration> offsets() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            12,
            Arbitraries.of(
                Duration.ZERO,
                Duration.ofMillis(-1),
                Duration.ofMillis(1),
                Duration.ofMinutes(-15),
                Duration.ofMinutes(-16),
                Duration.ofHours(-6),
                Duration.ofHours(-12),
                Duration.ofDays(-1),
                Duration.ofDays(-2))),
        Tuple.of(
            1,
            Arbitraries.of(
                Duration.ofDays(-45),
                Duration.ofDays(-89),
                Duration.ofDays(-90).minusHours(6),
                Duration.ofDays(1))));
  }
}
