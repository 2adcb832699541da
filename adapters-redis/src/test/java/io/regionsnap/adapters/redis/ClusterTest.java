package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisCluster;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a cluster does: slots that are elsewhere, that move, and whose node dies. */
@SuppressWarnings("NullAway.Init")
class ClusterTest {
  private static RedisCluster cluster;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static RedisStore open(CommitMode mode) {
    return RedisStore.open(cluster.url(), Small.options(mode));
  }

  private static List<Transaction> everywhere(String name) {
    return IntStream.range(0, 20).mapToObj(i -> Small.put(name + i, i)).toList();
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void commit_batchOverAllNodes_isAppliedEverywhere(CommitMode mode) {
    try (RedisStore store = open(mode)) {
      assertThat(store.commit(everywhere("all" + mode))).hasSize(20).containsOnly(Small.APPLIED);
      List<Query.Get> queries = IntStream.range(0, 20)
          .mapToObj(i -> new Query.Get(Small.body("all" + mode + i, i)))
          .toList();
      assertThat(store.read(queries))
          .hasSize(20)
          .allSatisfy(result -> assertThat(result).isInstanceOf(ReadResult.Found.class));
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void commit_keysOfSeveralSlots_isRejectedAndItsNeighboursAreNot(CommitMode mode) {
    Transaction scattered = new Transaction(
        List.of(),
        List.of(
            new Write.Put(new Key("scattered:a"), Value.utf8("x"), 4_000_000_000_000L),
            new Write.Put(new Key("scattered:b"), Value.utf8("x"), 4_000_000_000_000L)));
    try (RedisStore store = open(mode)) {
      List<CommitResult> results = store.commit(List.of(Small.put("near" + mode, 1), scattered));
      assertThat(results.get(0)).isEqualTo(Small.APPLIED);
      assertThat(results.get(1)).matches(Small::isRejected);
      assertThat(results.get(1).toString()).contains("hash tag");
      assertThat(store.commit(List.of(scattered))).allMatch(Small::isRejected);
      assertThat(Small.get(store, new Key("scattered:a"))).isInstanceOf(ReadResult.Absent.class);
    }
  }

  /** A slot on its way from one primary to another, and back in the hands of one in the end. */
  private static final class Move implements AutoCloseable {
    private final int slot;
    private final RespClient from;
    private final RespClient to;
    private final String target;

    Move(String tag) {
      try (RespClient any = cluster.primaries().get(0).connect()) {
        slot = Integer.parseInt(any.text("CLUSTER", "KEYSLOT", "{" + tag + "}"));
      }
      List<RedisServer> primaries = cluster.primaries();
      int owner = IntStream.range(0, primaries.size())
          .filter(i -> slot < 16_384 * (i + 1) / primaries.size())
          .findFirst()
          .orElseThrow();
      from = primaries.get(owner).connect();
      to = primaries.get((owner + 1) % primaries.size()).connect();
      target = to.text("CLUSTER", "MYID");
    }

    void begin() {
      to.call("CLUSTER", "SETSLOT", slot, "IMPORTING", from.text("CLUSTER", "MYID"));
      from.call("CLUSTER", "SETSLOT", slot, "MIGRATING", target);
    }

    void end() {
      to.call("CLUSTER", "SETSLOT", slot, "NODE", target);
      for (RedisServer primary : cluster.primaries()) {
        try (RespClient client = primary.connect()) {
          client.call("CLUSTER", "SETSLOT", slot, "NODE", target);
        }
      }
    }

    @Override
    public void close() {
      from.close();
      to.close();
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void slotMoves_redirectsAreFollowedAndNothingIsAppliedTwice(CommitMode mode) {
    String tag = "moving" + mode;
    try (RedisStore store = open(mode);
        Move move = new Move(tag)) {
      assertThat(store.read(List.of(new Query.Get(Small.body(tag, 1)))))
          .allMatch(ReadResult.Absent.class::isInstance);
      move.begin();
      move.to.call("ASKING");
      move.to.call("SET", Small.body(tag, 7).name(), "there");
      assertThat(Small.get(store, Small.body(tag, 7)))
          .as("ASK is followed")
          .isEqualTo(new ReadResult.Found<>(Value.utf8("there")));
      assertThat(Small.commit(store, Small.put(tag, 1)))
          .as("a commit has to wait until the slot has moved")
          .matches(Small::isUnavailable);
      move.end();
      assertThat(Small.commit(store, Small.put(tag, 1)))
          .as("MOVED is followed")
          .isEqualTo(Small.APPLIED);
      assertThat(Small.commit(store, Small.put(tag, 1)))
          .isInstanceOf(CommitResult.GuardFailed.class);
      assertThat(Small.get(store, Small.body(tag, 1)))
          .isEqualTo(new ReadResult.Found<>(Value.utf8("body 1")));
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void slotUnserved_isUnavailableUntilItIsServed(CommitMode mode) {
    RedisServer owner = cluster.primaries().get(0);
    try (RedisStore store = open(mode);
        RespClient node = owner.connect()) {
      // Slot 1 is not that of the transaction: a cluster that lacks any of them takes no writes.
      List<Transaction> batch = everywhere("down" + mode);
      node.call("CLUSTER", "DELSLOTS", 1);
      Await.until("the node is down", () -> node.text("CLUSTER", "INFO").contains("state:fail"));
      List<CommitResult> results = store.commit(batch);
      assertThat(results).anyMatch(Small::isUnavailable);
      assertThat(results)
          .filteredOn(result -> !result.equals(Small.APPLIED))
          .allSatisfy(result -> assertThat(result.toString()).contains("CLUSTERDOWN"));
      node.call("CLUSTER", "ADDSLOTS", 1);
      Await.until("the node is up", () -> node.text("CLUSTER", "INFO").contains("state:ok"));
      assertThat(store.commit(batch))
          .allMatch(
              result -> result.equals(Small.APPLIED) || result instanceof CommitResult.GuardFailed);
    }
  }

  @Test
  void open_severalSeedsOneOfThemDead_findsTheCluster() {
    RedisServer dead = RedisServer.start();
    dead.close();
    String url = "redis-cluster://127.0.0.1:" + dead.port() + ",127.0.0.1:"
        + cluster.nodes().get(4).port();
    try (RedisStore store = RedisStore.open(url, Small.options(CommitMode.AUTO))) {
      assertThat(Small.commit(store, Small.put("seeds", 1))).isEqualTo(Small.APPLIED);
    }
    try (RedisStore store = RedisStore.open(
        "redis-cluster://127.0.0.1:" + dead.port(), Small.options(CommitMode.AUTO))) {
      assertThat(Small.commit(store, Small.put("seeds", 2))).matches(Small::isUnavailable);
    }
  }

  @Test
  void open_serverThatIsNoCluster_isNotApplied() {
    try (RedisServer single = RedisServer.start();
        RedisStore store = RedisStore.open(
            "redis-cluster://127.0.0.1:" + single.port(), Small.options(CommitMode.AUTO))) {
      assertThat(Small.commit(store, 1)).isInstanceOf(CommitResult.NotApplied.class);
    }
  }

  @Test
  void open_nodeOfAClusterAsASingleServer_isNotAppliedWhereItDoesNotServe() {
    try (RedisStore store =
        RedisStore.open(cluster.nodes().get(0).url().toString(), Small.options(CommitMode.AUTO))) {
      List<CommitResult> results = store.commit(everywhere("single"));
      assertThat(results).anyMatch(Small.APPLIED::equals).anyMatch(Small::isRejected);
      assertThat(results.toString()).contains("redis-cluster://");
    }
  }

  /** Its own cluster: it is not the same afterwards. */
  @Test
  void primaryDies_replicaTakesOver_nothingReportedIsLost() {
    try (RedisCluster mortal = RedisCluster.start();
        RedisStore store = RedisStore.open(
            mortal.url(),
            RedisOptions.defaults()
                .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(500))
                .withDurableReplicas(1))) {
      List<Key> persisted = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 20; i++) {
          int number = round * 20 + i;
          assertThat(Small.commit(store, Small.put("f" + i, number))).isEqualTo(Small.APPLIED);
          persisted.add(Small.body("f" + i, number));
        }
      }
      mortal.nodes().get(0).kill();
      for (int i = 0; i < 20; i++) {
        String tag = "f" + i;
        Await.until("the region " + tag + " is served again", () -> {
          CommitResult result = Small.commit(store, Small.put(tag, 1_000));
          return result.equals(Small.APPLIED) || result instanceof CommitResult.GuardFailed;
        });
      }
      assertThat(store.read(persisted.stream().map(Query.Get::new).toList()))
          .allMatch(ReadResult.Found.class::isInstance);
    }
  }
}
