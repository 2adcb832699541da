package io.regionsnap.adapters.inmemory;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.testkit.MutableClock;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.drift.Damage;
import io.regionsnap.testkit.drift.RepairContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Audit and repair in memory, where tries are cheap. */
class InMemoryRepairTest extends RepairContract {
  private final MutableClock clock = new MutableClock(Instant.parse("2026-08-18T12:00:00Z"));

  @Override
  protected StoreFixture fixture() {
    InMemoryStore store = new InMemoryStore(clock);
    return new StoreFixture(store, PlaceRawKeys.of(store, clock), Optional.of(clock));
  }

  @Override
  @Property(tries = 2000)
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
}
