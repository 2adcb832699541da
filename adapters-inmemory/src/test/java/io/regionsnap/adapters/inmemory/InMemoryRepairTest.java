package io.regionsnap.adapters.inmemory;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.testkit.MutableClock;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.drift.Damage;
import io.regionsnap.testkit.drift.OldAttempt;
import io.regionsnap.testkit.drift.RepairContract;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCollector;

/** Audit and repair in memory, where tries are cheap. */
class InMemoryRepairTest extends RepairContract {
  private final MutableClock clock = new MutableClock(Instant.parse("2026-08-18T12:00:00Z"));

  @Override
  protected StoreFixture fixture() {
    InMemoryStore store = new InMemoryStore(clock);
    return new StoreFixture(store, PlaceRawKeys.of(store, clock), Optional.of(clock));
  }

  @Override
  @Property(tries = 1000)
  protected void anyMess_isFoundAndMended(
      @ForAll("layouts") KeyLayout layout,
      @ForAll @IntRange(max = 4) int snapshots,
      @ForAll("damages") List<Damage> damages) {
    super.anyMess_isFoundAndMended(layout, snapshots, damages);
  }

  @Override
  @Property(tries = 300)
  protected void anyMess_repairCutOff_isResumed(
      @ForAll("layouts") KeyLayout layout,
      @ForAll @IntRange(max = 4) int snapshots,
      @ForAll("damages") List<Damage> damages,
      @ForAll @IntRange(max = 2) int commits) {
    super.anyMess_repairCutOff_isResumed(layout, snapshots, damages, commits);
  }

  /** All that can be wrong, the old pipeline can bring about. */
  @Override
  @Property(tries = 400)
  protected void anyMessOfTheOldPipeline_isFoundAndMended(
      @ForAll("layouts") KeyLayout layout,
      @ForAll("attempts") List<OldAttempt> attempts,
      @ForAll("steps") int snapshotsInAStep) {
    Set<FindingCode> found = EnumSet.noneOf(FindingCode.class);
    mendOldPipeline(layout, attempts, snapshotsInAStep)
        .forEach(finding -> found.add(finding.code()));
    StatisticsCollector codes = Statistics.label("tries in which the old pipeline brings about");
    found.forEach(codes::collect);
    codes.coverage(checked -> {
      for (FindingCode code : FindingCode.values()) {
        checked.check(code).count(tries -> tries > 0);
      }
    });
  }

  @Override
  @Property(tries = 400)
  protected void anyMessAndTheOldPipeline_isFoundAndMended(
      @ForAll("layouts") KeyLayout layout,
      @ForAll @IntRange(max = 3) int snapshots,
      @ForAll("fewDamages") List<Damage> before,
      @ForAll("attempts") List<OldAttempt> attempts,
      @ForAll("fewDamages") List<Damage> after,
      @ForAll("steps") int snapshotsInAStep) {
    super.anyMessAndTheOldPipeline_isFoundAndMended(
        layout, snapshots, before, attempts, after, snapshotsInAStep);
  }
}
