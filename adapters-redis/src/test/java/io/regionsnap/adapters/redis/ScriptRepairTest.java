package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Example;

/** Audit and repair on a real server, by scripts, and beside writers. */
class ScriptRepairTest extends RedisRepairContract {
  private static final Clock CLOCK = Clock.systemUTC();

  ScriptRepairTest() {
    super(CommitMode.SCRIPT);
  }

  /** Two writers that never rest, in one region: nothing they do may look like drift. */
  @Example
  void audit_besideWriters_findsNothing() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Finding> findings = new ArrayList<>();
    long begin = CLOCK.millis() - Duration.ofDays(80).toMillis();
    try {
      List<Future<Integer>> writers = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        int offset = writer;
        writers.add(threads.submit(() -> write(store, begin + offset, stop)));
      }
      for (int i = 0; i < 20; i++) {
        AuditOutcome outcome = new AuditRegions(
                store, KeyLayout.TAGGED, Policy.DEFAULT, SnapshotDocuments.PARSER, CLOCK)
            .audit(drift -> findings.addAll(drift.findings()));
        assertThat(outcome).isInstanceOf(AuditOutcome.Complete.class);
      }
      stop.set(true);
      for (Future<Integer> writer : writers) {
        assertThat(writer.get()).isPositive();
      }
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
    assertThat(findings).isEmpty();
  }

  private static int write(RedisStore store, long begin, AtomicBoolean stop) {
    PersistSnapshots persist = new PersistSnapshots(
        store,
        KeyLayout.TAGGED,
        Policy.DEFAULT,
        SnapshotDocuments.PARSER,
        RetryPolicy.DEFAULT,
        CLOCK,
        Pause.REAL);
    int persisted = 0;
    while (!stop.get() && persisted < 5_000) {
      long at = begin + persisted * 1_000L;
      Snapshot next = SnapshotDocuments.snapshot("mena", "id-" + at, at, "r-" + at, "x");
      assertThat(persist.persist(List.of(next))).containsExactly(new PersistOutcome.Persisted());
      persisted++;
    }
    return persisted;
  }
}
