package io.regionsnap.proof.upstash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.Violation;
import io.regionsnap.domain.invariants.Violation.Invariant;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two stores, as two processes have them, that write to one region at the same time by plain
 * commands over REST, where no WATCH keeps the one from coming between the reads and the commands
 * of the other. Their answers have no order that explains them all; what holds is less.
 */
class OtherProcessTest {
  private static final int SNAPSHOTS = 60;
  private static final long BUCKET_MILLIS = Judge.POLICY.bucket().toMillis();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Tally tally = Ledger.of("upstash multi-exec");
  private final Writer writer = new Writer(KeyLayout.TAGGED, tally);
  private final Judge judge = new Judge(KeyLayout.TAGGED, List.of("mena"));
  private final long beginMillis = System.currentTimeMillis() - 2 * SNAPSHOTS * BUCKET_MILLIS;
  private int lagging;

  /** No two of them are of one instant, nor of one bucket. */
  private Snapshot snapshot(int number) {
    return SnapshotDocuments.snapshot(
        "mena", "id-" + number, beginMillis + number * BUCKET_MILLIS, "scheduled_6h", "a");
  }

  @Test
  void twoProcessesAtOnce_whatTheyPersistIsWhole_andTheNewestMendsThePointer() throws Exception {
    try (RestBench bench = RestBench.start();
        TransactionalStore one = bench.open(CommitMode.MULTI_EXEC, TIMEOUT);
        TransactionalStore other = bench.open(CommitMode.MULTI_EXEC, TIMEOUT)) {
      persistAtOnce(List.of(one, other), bench);
      tally.count(Figure.HISTORIES);
      tally.judging(() -> {
        Map<Key, ObservedKey> keys = bench.keys();
        judge(keys);
        for (int number = 0; number < 2 * SNAPSHOTS; number++) {
          assertThat(judge.traces(snapshot(number), keys))
              .as("traces of %d", number)
              .isEqualTo(3);
        }
      });
      assertThat(writer.persist(one, Writer.PATIENTLY, snapshot(2 * SNAPSHOTS)))
          .isEqualTo(new PersistOutcome.Persisted());
      tally.judging(() -> judge.requireWhole(bench.keys()));
      System.out.printf(
          "Two processes over REST: %d times the pointer or an expiry was behind.%n", lagging);
    }
  }

  /** The even numbers by one, the odd ones by the other; somebody looks as often as they can. */
  private void persistAtOnce(List<TransactionalStore> stores, RestBench bench) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(stores.size());
    try {
      CyclicBarrier start = new CyclicBarrier(stores.size());
      List<Future<List<PersistOutcome>>> running = new ArrayList<>();
      for (TransactionalStore store : stores) {
        int first = stores.indexOf(store);
        running.add(threads.submit(() -> {
          start.await();
          return IntStream.range(0, SNAPSHOTS)
              .mapToObj(i -> writer.persist(store, Writer.PATIENTLY, snapshot(2 * i + first)))
              .toList();
        }));
      }
      while (running.stream().anyMatch(writing -> !writing.isDone())) {
        tally.judging(() -> judge(bench.keys()));
      }
      for (Future<List<PersistOutcome>> writing : running) {
        assertThat(writing.get()).containsOnly(new PersistOutcome.Persisted());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Only what depends on which is the newest may be that of the newest but one. */
  private void judge(Map<Key, ObservedKey> keys) {
    tally.count(Figure.OBSERVATIONS);
    List<Violation> wrong = judge.violations(judge.states(keys));
    lagging += wrong.isEmpty() ? 0 : 1;
    assertThat(wrong)
        .extracting(Violation::invariant)
        .isSubsetOf(Invariant.POINTER_IS_TOP, Invariant.BOUNDED);
    assertThat(wrong)
        .extracting(Violation::key)
        .isSubsetOf(
            KeyLayout.TAGGED.pointer(snapshot(0).region()),
            KeyLayout.TAGGED.index(snapshot(0).region()));
  }
}
