package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Stages.CloseableStage;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.testkit.MutableClock;
import io.regionsnap.testkit.drift.Damage;
import io.regionsnap.testkit.drift.Messes;
import io.regionsnap.testkit.drift.RepairCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any mess, in memory and in a file: found, mended, and nothing lost. */
class RepairProperties {
  private final MutableClock clock = new MutableClock(Instant.parse("2026-08-18T12:00:00Z"));

  @Property(tries = 2000)
  void anyMess_inMemory_isFoundAndMended(
      @ForAll KeyLayout layout,
      @ForAll @IntRange(max = 4) int snapshots,
      @ForAll("damages") List<Damage> damages) {
    try (CloseableStage stage = Stages.inMemory(clock)) {
      check(stage, layout, snapshots, damages);
    }
  }

  @Property(tries = 150)
  void anyMess_inAFile_isFoundAndMended(
      @ForAll KeyLayout layout,
      @ForAll @IntRange(max = 4) int snapshots,
      @ForAll("damages") List<Damage> damages)
      throws IOException {
    Path file = Files.createTempDirectory("regionsnap").resolve("store");
    try (CloseableStage stage = Stages.embedded(file, clock)) {
      check(stage, layout, snapshots, damages);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(file.getParent());
    }
  }

  private void check(CloseableStage stage, KeyLayout layout, int snapshots, List<Damage> damages) {
    Messes messes = new Messes(stage.rawKeys(), layout, clock.millis());
    messes.persistWhole(snapshots);
    damages.forEach(messes::damage);
    new RepairCheck(stage.store(), stage.rawKeys(), layout, clock).run();
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    return Messes.damages(8);
  }
}
