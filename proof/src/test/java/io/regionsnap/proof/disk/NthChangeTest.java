package io.regionsnap.proof.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.FaultyDisk;
import io.regionsnap.adapters.inmemory.Stages;
import io.regionsnap.adapters.inmemory.Stages.CloseableStage;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.testkit.SnapshotDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The n-th change of the disk fails, for every n until a series of snapshots gets through: once,
 * and from then on; with half of a write happening, and with none of it.
 */
class NthChangeTest {
  private static final int SNAPSHOTS = 12;
  private static final Judge JUDGE = new Judge(KeyLayout.TAGGED, List.of("mena"));

  private final Tally tally = Ledger.of("embedded");
  private final Writer writer = new Writer(KeyLayout.TAGGED, tally);

  @TempDir
  Path folder = Path.of("replaced");

  @AfterEach
  void heal() {
    FaultyDisk.heal();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void nthChangeFails_nothingIsHalf(boolean once, boolean writesHalf) throws Exception {
    boolean hurt = true;
    for (int change = 1; hurt; change++) {
      Path file = folder.resolve("store-" + change);
      hurt = persistAll(file, change, once, writesHalf);
      Files.delete(file);
    }
  }

  private boolean persistAll(Path file, int change, boolean once, boolean writesHalf) {
    tally.count(Figure.HISTORIES);
    try (CloseableStage stage = Stages.embeddedOnFaultyDisk(file, InstantSource.system())) {
      if (once) {
        FaultyDisk.failOnce(change, writesHalf);
      } else {
        FaultyDisk.failFrom(change, writesHalf);
      }
      List<Snapshot> snapshots = snapshots();
      List<PersistOutcome> outcomes = snapshots.stream()
          .map(snapshot -> writer.persist(stage.store(), Writer.ONCE, snapshot))
          .toList();
      boolean hurt = FaultyDisk.wasHurt();
      FaultyDisk.heal();
      if (hurt) {
        tally.struck(Fault.DISK_FAILED);
      }
      stage.reopen();
      tally.judging(() -> judge(stage, snapshots, outcomes));
      return hurt;
    }
  }

  private void judge(
      CloseableStage stage, List<Snapshot> snapshots, List<PersistOutcome> outcomes) {
    var keys = stage.rawKeys().readAll();
    JUDGE.requireWhole(keys);
    tally.count(Figure.OBSERVATIONS);
    for (int i = 0; i < snapshots.size(); i++) {
      int traces = JUDGE.traces(snapshots.get(i), keys);
      PersistOutcome outcome = outcomes.get(i);
      if (outcome instanceof PersistOutcome.Persisted) {
        assertThat(traces).as("traces of what was reported persisted").isEqualTo(3);
      } else if (outcome instanceof PersistOutcome.Unknown) {
        assertThat(traces).as("traces of what is in doubt").isIn(0, 3);
      } else {
        assertThat(outcome).isInstanceOf(PersistOutcome.Refused.class);
        assertThat(traces).as("traces of what was reported refused").isZero();
      }
      assertThat(writer.persist(stage.store(), Writer.ONCE, snapshots.get(i)))
          .as("persisted again, with %d traces there before", traces)
          .isEqualTo(
              traces == 0 ? new PersistOutcome.Persisted() : new PersistOutcome.AlreadyPersisted());
    }
    assertThat(JUDGE.requireWhole(stage.rawKeys().readAll()).get(0).entries())
        .hasSize(snapshots.size());
  }

  private static List<Snapshot> snapshots() {
    long now = System.currentTimeMillis();
    return IntStream.range(0, SNAPSHOTS)
        .mapToObj(i -> SnapshotDocuments.snapshot(
            "mena",
            "id-" + i,
            now - (SNAPSHOTS - i) * 3_600_000L,
            "scheduled_6h",
            "x".repeat(i % 2 * 9000)))
        .toList();
  }
}
