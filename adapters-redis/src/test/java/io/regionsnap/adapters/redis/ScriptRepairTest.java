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
import net.jqwik.api.Example;

/** Audit and repair on a real server, by scripts, and beside writers. */
class ScriptRepairTest extends RedisRepairContract {
  private static final Clock CLOCK = Clock.systemUTC();

  ScriptRepairTest() {
    super(CommitMode.SCRIPT);
  }

  /**
   * Two writers in one region, audited for as long as they write: none of it may look like drift.
   */
  @Example
  void audit_besideWriters_findsNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Finding> findings = new ArrayList<>();
    long begin = CLOCK.millis() - Duration.ofDays(80).toMillis();
    try {
      Future<?> first = threads.submit(() -> write(store, begin));
      Future<?> second = threads.submit(() -> write(store, begin + 1));
      boolean last;
      do {
        last = first.isDone() && second.isDone();
        AuditOutcome outcome = new AuditRegions(
                store, KeyLayout.TAGGED, Policy.DEFAULT, SnapshotDocuments.PARSER, CLOCK)
            .audit(drift -> findings.addAll(drift.findings()));
        assertThat(outcome).isInstanceOf(AuditOutcome.Complete.class);
      } while (!last);
      first.get();
      second.get();
    } finally {
      threads.shutdownNow();
    }
    assertThat(findings).isEmpty();
  }

  private static void write(RedisStore store, long begin) {
    PersistSnapshots persist = new PersistSnapshots(
        store,
        KeyLayout.TAGGED,
        Policy.DEFAULT,
        SnapshotDocuments.PARSER,
        RetryPolicy.DEFAULT,
        CLOCK,
        Pause.REAL);
    for (int i = 0; i < 1_000; i++) {
      long at = begin + i * 1_000L;
      Snapshot next = SnapshotDocuments.snapshot("mena", "id-" + at, at, "r-" + at, "x");
      assertThat(persist.persist(List.of(next))).containsExactly(new PersistOutcome.Persisted());
    }
  }
}
