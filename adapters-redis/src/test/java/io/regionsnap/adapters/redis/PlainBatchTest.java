package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.CuttingProxy;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches by WATCH and MULTI/EXEC: side by side, in order where keys are shared, and bounded. */
@SuppressWarnings("NullAway.Init")
class PlainBatchTest {
  private static final int SIDE_BY_SIDE = 8;
  private static final long LATER = 4_000_000_000_000L;

  private RedisServer server;
  private CuttingProxy proxy;
  private RespClient client;

  @BeforeEach
  void start() {
    server = RedisServer.start();
    proxy = CuttingProxy.to(server.port());
    client = server.connect();
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    server.close();
  }

  private RedisStore open() {
    return RedisStore.open(
        "redis://127.0.0.1:" + proxy.port(), Small.options(CommitMode.MULTI_EXEC));
  }

  private static List<Transaction> regions(int count, int number) {
    return IntStream.range(0, count).mapToObj(i -> Small.put("r" + i, number)).toList();
  }

  /** Every connection but ours, which is the observer's. */
  private long connections() {
    return client.text("CLIENT", "LIST").lines().count() - 1;
  }

  @Test
  void eightRegions_takeTwoRoundTrips() {
    try (RedisStore store = open()) {
      assertThat(store.commit(regions(SIDE_BY_SIDE, 1))).hasSize(8).containsOnly(Small.APPLIED);
      proxy.passInRoundsOf(SIDE_BY_SIDE);
      assertThat(store.commit(regions(SIDE_BY_SIDE, 2))).hasSize(8).containsOnly(Small.APPLIED);
      assertThat(proxy.rounds()).isEqualTo(2);
      assertThat(connections()).isEqualTo(SIDE_BY_SIDE);
    }
  }

  @Test
  void manyRegionsAndThreads_useNoMoreConnectionsThanOneEachAndSeven() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    long before = received();
    try (RedisStore store = open()) {
      List<Future<List<CommitResult>>> commits = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        int number = thread;
        commits.add(threads.submit(() -> store.commit(regions(50, number))));
      }
      for (Future<List<CommitResult>> commit : commits) {
        assertThat(commit.get()).hasSize(50).containsOnly(Small.APPLIED);
      }
      assertThat(received() - before).isBetween(SIDE_BY_SIDE + 0L, 3L + SIDE_BY_SIDE - 1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Transaction set(Key key, String expected, String value, Key... others) {
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.Put(key, Value.utf8(value), LATER));
    for (Key other : others) {
      writes.add(new Write.Put(other, Value.utf8(value), LATER));
    }
    return new Transaction(
        List.of(
            expected.isEmpty()
                ? new Guard.Absent(key)
                : new Guard.Equal(key, Value.utf8(expected))),
        writes);
  }

  @Test
  void sharedKeys_areAppliedInTheOrderOfTheBatch() {
    Key a = new Key("a");
    Key b = new Key("b");
    Key c = new Key("c");
    List<Transaction> batch = List.of(
        set(a, "", "1"),
        set(b, "", "1"),
        set(c, "", "1"),
        set(a, "1", "2"),
        set(b, "wrong", "2"),
        // Ties the chains of a and c together.
        set(a, "2", "3", c),
        set(c, "3", "4"),
        set(b, "1", "3"),
        set(c, "4", "5", b),
        set(b, "5", "6"));
    try (RedisStore store = open()) {
      List<CommitResult> results = store.commit(batch);
      assertThat(results.get(4)).isInstanceOf(CommitResult.GuardFailed.class);
      assertThat(results).filteredOn(Small.APPLIED::equals).hasSize(batch.size() - 1);
      assertThat(List.of(client.text("GET", a), client.text("GET", b), client.text("GET", c)))
          .containsExactly("3", "6", "5");
    }
  }

  /** One region is written by somebody else all the time; the others must not notice. */
  @Test
  void execCalledOff_isTriedAgainAndItsNeighboursAreNot() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (RedisStore store = open();
        RespClient foreign = server.connect()) {
      Future<?> writer = thread.submit(() -> {
        for (int i = 0; !stop.get(); i++) {
          foreign.call("ZADD", Small.index("r0"), -i, "foreign");
        }
      });
      long before = calls("zadd");
      Await.until("somebody else writes", () -> calls("zadd") > before + 100);
      for (int number = 1; number <= 20; number++) {
        List<CommitResult> results = store.commit(regions(SIDE_BY_SIDE, number));
        assertThat(results.subList(1, SIDE_BY_SIDE)).hasSize(7).containsOnly(Small.APPLIED);
      }
      stop.set(true);
      writer.get();
      assertThat(calls("watch")).as("some were tried again").isGreaterThan(8 * 20);
      assertThat(client.call("ZCARD", Small.index("r7"))).isEqualTo(20L);
    } finally {
      stop.set(true);
      thread.shutdownNow();
    }
  }

  private long calls(String command) {
    return client
        .text("INFO", "commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_" + command + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*=([0-9]+),.*", "$1")))
        .sum();
  }

  @Test
  void tooFewConnectionsForAll_goOnWithThoseThatThereAre() {
    // Ours, and two for the store.
    client.call("CONFIG", "SET", "maxclients", 3);
    try (RedisStore store = open()) {
      assertThat(store.commit(regions(SIDE_BY_SIDE, 1))).hasSize(8).containsOnly(Small.APPLIED);
    }
  }

  @Test
  void serverSilent_isNotTriedForEveryRegion() {
    RedisOptions options = Small.options(CommitMode.MULTI_EXEC)
        .withTimeouts(Duration.ofMillis(300), Duration.ofMillis(300));
    long before = received();
    proxy.mute();
    try (RedisStore store = RedisStore.open("redis://127.0.0.1:" + proxy.port(), options)) {
      assertThat(store.commit(regions(50, 1))).hasSize(50).allMatch(Small::isUnavailable);
    }
    assertThat(received() - before).isBetween(1L, 8L);
  }

  /** How many connections there ever were. */
  private long received() {
    return client
        .text("INFO", "stats")
        .lines()
        .filter(line -> line.startsWith("total_connections_received:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
        .sum();
  }
}
