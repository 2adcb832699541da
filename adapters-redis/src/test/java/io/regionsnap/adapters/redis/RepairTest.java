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
import io.regionsnap.domain.repair.RepairOutcome;
import io.regionsnap.domain.repair.RepairRegions;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.RawKeys;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.drift.Damage;
import io.regionsnap.testkit.drift.Messes;
import io.regionsnap.testkit.drift.RepairCheck;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Audit and repair on a real server, in both modes, and beside writers. */
class RepairTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static RedisServer server = RedisServer.start();
  private static RespClient client = server.connect();

  @BeforeContainer
  static void isRunning() {
    assertThat(client.text("PING")).isEqualTo("PONG");
  }

  @AfterContainer
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeTry
  void empty() {
    client.call("FLUSHALL");
  }

  private static RedisStore open(CommitMode mode) {
    return RedisStore.open(server.url().toString(), Small.options(mode));
  }

  private static RawKeys raw() {
    return new RedisRawKeys(List.of(client));
  }

  @Property(tries = 40)
  void anyMess_byScript_isFoundAndMended(
      @ForAll KeyLayout layout,
      @ForAll @IntRange(max = 4) int snapshots,
      @ForAll("damages") List<Damage> damages) {
    check(CommitMode.SCRIPT, layout, snapshots, damages);
  }

  @Property(tries = 30)
  void anyMess_byMultiExec_isFoundAndMended(
      @ForAll KeyLayout layout,
      @ForAll @IntRange(max = 4) int snapshots,
      @ForAll("damages") List<Damage> damages) {
    check(CommitMode.MULTI_EXEC, layout, snapshots, damages);
  }

  private static void check(
      CommitMode mode, KeyLayout layout, int snapshots, List<Damage> damages) {
    Messes messes = new Messes(raw(), layout, CLOCK.millis());
    messes.persistWhole(snapshots);
    damages.forEach(messes::damage);
    try (RedisStore store = open(mode)) {
      new RepairCheck(store, raw(), layout, CLOCK).run();
    }
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    return Messes.damages(8);
  }

  /** Two writers that never rest, in one region: nothing they do may look like drift. */
  @Example
  void audit_besideWriters_findsNothing() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Finding> findings = new ArrayList<>();
    long begin = CLOCK.millis() - Duration.ofDays(80).toMillis();
    try (RedisStore store = open(CommitMode.SCRIPT)) {
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

  /** More than one transaction holds: several steps, and all of it mended. */
  @Example
  void repair_manySnapshots_takesSeveralSteps() {
    long now = CLOCK.millis();
    RawKeys raw = raw();
    for (int i = 0; i < 250; i++) {
      Snapshot snapshot = SnapshotDocuments.snapshot(
          "mena", "id-" + i, now - i * 3_600_000L, "scheduled_6h", "content");
      raw.putValue(
          KeyLayout.TAGGED.idView(snapshot.region(), snapshot.id()),
          snapshot.body(),
          java.util.OptionalLong.empty());
    }
    try (RedisStore store = open(CommitMode.SCRIPT)) {
      RepairOutcome outcome = new RepairRegions(
              store,
              KeyLayout.TAGGED,
              Policy.DEFAULT,
              SnapshotDocuments.PARSER,
              RetryPolicy.DEFAULT,
              CLOCK,
              Pause.REAL)
          .repair(Optional.empty(), drift -> {});
      assertThat(outcome).isEqualTo(new RepairOutcome.Clean(3));
    }
    assertThat(client.text("GET", "snapshot:latest:{mena}")).isEqualTo("id-0");
    assertThat(raw.readAll()).hasSize(502);
  }
}
