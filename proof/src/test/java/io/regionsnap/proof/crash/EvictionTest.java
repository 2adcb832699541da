package io.regionsnap.proof.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that evicts keys as it likes. No transaction is evicted half while it is made, no reader
 * is given another snapshot than it asked for, and once there is memory again the next snapshot is
 * whole.
 */
class EvictionTest {
  private static final Region MENA = new Region("mena");
  private static final int SNAPSHOTS = 150;

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void keysEvicted_whatIsReportedIsTrue(CommitMode mode) {
    Tally tally = Ledger.of(RedisBench.name(mode));
    Writer writer = new Writer(KeyLayout.TAGGED, tally);
    Judge judge = new Judge(KeyLayout.TAGGED, List.of("mena"));
    long begin = System.currentTimeMillis() - Duration.ofDays(60).toMillis();
    try (RedisBench bench = RedisBench.start("--maxmemory-policy", "allkeys-lru");
        TransactionalStore store = bench.open(mode, Duration.ofSeconds(2))) {
      long used = number(bench, "memory", "used_memory:");
      bench.client().call("CONFIG", "SET", "maxmemory", used + 600_000);
      ReadSnapshots read = new ReadSnapshots(
          store, KeyLayout.TAGGED, Judge.POLICY, SnapshotDocuments.PARSER, InstantSource.system());
      for (int i = 0; i < SNAPSHOTS; i++) {
        Snapshot snapshot = snapshot(begin, i);
        long before = evicted(bench);
        PersistOutcome outcome = writer.persist(store, Writer.BRIEFLY, snapshot);
        var keys = bench.keys();
        tally.count(Figure.OBSERVATIONS);
        if (evicted(bench) == before && outcome instanceof PersistOutcome.Persisted) {
          tally.judging(() -> assertThat(judge.traces(snapshot, keys)).isEqualTo(3));
        }
        if (read.latest(List.of(MENA)).get(0) instanceof ReadOutcome.Found found) {
          assertThat(found.snapshot().id().text()).startsWith("id-");
        }
      }
      tally.struck(Fault.KEYS_EVICTED, evicted(bench));
      assertThat(evicted(bench)).as("evicted keys").isPositive();
      bench.client().call("CONFIG", "SET", "maxmemory", "0");
      Snapshot last = snapshot(begin, SNAPSHOTS);
      assertThat(writer.persist(store, Writer.PATIENTLY, last))
          .isEqualTo(new PersistOutcome.Persisted());
      tally.judging(() -> assertThat(judge.traces(last, bench.keys())).isEqualTo(3));
    }
  }

  private static Snapshot snapshot(long begin, int number) {
    return SnapshotDocuments.snapshot(
        "mena", "id-" + number, begin + number * 3_600_000L, "scheduled_6h", "x".repeat(9000));
  }

  private static long evicted(RedisBench bench) {
    return number(bench, "stats", "evicted_keys:");
  }

  private static long number(RedisBench bench, String section, String name) {
    return bench
        .client()
        .text("INFO", section)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
        .sum();
  }
}
