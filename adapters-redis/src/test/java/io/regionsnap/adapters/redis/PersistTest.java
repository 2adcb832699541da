package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.RegionInvariants;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisSentinels;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Regions persisted while the server is killed: the invariants, and nothing reported is lost. */
class PersistTest {
  private static final List<String> REGIONS = List.of("mena", "europe", "east-asia", "africa");
  private static final Policy POLICY = Policy.DEFAULT;
  private static final KeyLayout LAYOUT = KeyLayout.TAGGED;
  private static final Clock CLOCK = Clock.systemUTC();

  private static Snapshot snapshot(String region, int number, long begin) {
    return SnapshotDocuments.snapshot(
        region, region + "-" + number, begin + number * 60_000L * 16, "scheduled_6h", "content");
  }

  private static PersistSnapshots persister(RedisStore store) {
    return new PersistSnapshots(
        store,
        LAYOUT,
        POLICY,
        SnapshotDocuments.PARSER,
        new RetryPolicy(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(20)),
        CLOCK,
        Pause.REAL);
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void serverKilled_persistedIsThereAndRegionsAreWhole(CommitMode mode) throws Exception {
    long begin = CLOCK.millis() - Duration.ofDays(80).toMillis();
    Map<String, Queue<Snapshot>> persisted = new ConcurrentHashMap<>();
    REGIONS.forEach(region -> persisted.put(region, new ConcurrentLinkedQueue<>()));
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(REGIONS.size());
    try (RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
        RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      List<Future<?>> writers = new ArrayList<>();
      persisted.forEach((region, done) -> writers.add(threads.submit(() -> {
        PersistSnapshots persister = persister(store);
        for (int i = 0; !stop.get(); i++) {
          Snapshot next = snapshot(region, i, begin);
          PersistOutcome outcome = persister.persist(List.of(next)).get(0);
          assertThat(outcome)
              .isInstanceOfAny(
                  PersistOutcome.Persisted.class, PersistOutcome.AlreadyPersisted.class);
          done.add(next);
        }
      })));
      try {
        for (int kill = 0; kill < 3; kill++) {
          awaitMore(persisted);
          server.kill();
          server.restart();
        }
        awaitMore(persisted);
      } finally {
        stop.set(true);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertWhole(server, store, persisted);
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void primaryDies_whatAReplicaConfirmedIsThereAndRegionsAreWhole(CommitMode mode)
      throws Exception {
    long begin = CLOCK.millis() - Duration.ofDays(80).toMillis();
    Map<String, Queue<Snapshot>> persisted = new ConcurrentHashMap<>();
    REGIONS.forEach(region -> persisted.put(region, new ConcurrentLinkedQueue<>()));
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(REGIONS.size());
    try (RedisSentinels sentinels = RedisSentinels.start();
        RedisStore store = RedisStore.open(
            sentinels.url(),
            Small.options(mode)
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2))
                .withDurableReplicas(1))) {
      RedisServer first = sentinels.primary();
      List<Future<?>> writers = new ArrayList<>();
      persisted.forEach((region, done) -> writers.add(threads.submit(() -> {
        PersistSnapshots persister = persister(store);
        for (int i = 0; !stop.get(); i++) {
          Snapshot next = snapshot(region, i, begin);
          if (persister.persist(List.of(next)).get(0) instanceof PersistOutcome.Persisted
              && first.process().isAlive()) {
            done.add(next);
          }
        }
      })));
      try {
        awaitMore(persisted);
        first.kill();
      } finally {
        stop.set(true);
      }
      RedisServer promoted = sentinels.awaitFailover(first);
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertWhole(promoted, store, persisted);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitMore(Map<String, Queue<Snapshot>> persisted) {
    Map<String, Integer> before = new ConcurrentHashMap<>();
    persisted.forEach((region, done) -> before.put(region, done.size()));
    Await.until(
        "each region is persisted some more times",
        () -> persisted.entrySet().stream()
            .allMatch(
                entry -> entry.getValue().size() > before.getOrDefault(entry.getKey(), 0) + 20));
  }

  private static void assertWhole(
      RedisServer server, RedisStore store, Map<String, Queue<Snapshot>> persisted) {
    ReadSnapshots reader =
        new ReadSnapshots(store, LAYOUT, POLICY, SnapshotDocuments.PARSER, CLOCK);
    try (RespClient observer = server.connect()) {
      var keys = new RedisRawKeys(List.of(observer)).readAll();
      persisted.forEach((name, snapshots) -> {
        Region region = new Region(name);
        assertThat(snapshots)
            .allSatisfy(snapshot -> assertThat(reader.byId(region, snapshot.id()))
                .isEqualTo(new ReadOutcome.Found(snapshot)));
        RegionState state =
            RegionState.of(region, LAYOUT, SnapshotDocuments.PARSER, keys, CLOCK.millis());
        assertThat(new RegionInvariants(LAYOUT, POLICY, SnapshotDocuments.PARSER).violations(state))
            .isEmpty();
      });
    }
  }
}
