package io.regionsnap.proof.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.adapters.redis.RedisStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.redis.AtomicKeys;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.proof.redis.ServerFaults;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.RedisCluster;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The slot of a region moves to another node of a cluster while writers write. */
@SuppressWarnings("NullAway.Init")
class SlotTest {
  private static RedisCluster cluster;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void slotMoves_nothingIsLostOrHalf(CommitMode mode) throws Exception {
    Tally tally = Ledger.of(RedisBench.name(mode));
    List<RedisServer> primaries = cluster.primaries();
    for (RedisServer primary : primaries) {
      try (RespClient client = primary.connect()) {
        client.call("FLUSHALL");
      }
    }
    try (TransactionalStore store = RedisStore.open(
            cluster.url(),
            RedisOptions.defaults()
                .withMode(mode)
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        Load load = new Load(store, Writer.PATIENTLY, tally)) {
      load.awaitMore(10);
      Map<Fault, Long> before = answered();
      int moves = 0;
      for (String region : Load.REGIONS) {
        int slot = slot(region);
        int owner = owner(slot);
        move(slot, primaries.get(owner), primaries.get((owner + 1) % primaries.size()));
        load.awaitMore(5);
        move(slot, primaries.get((owner + 1) % primaries.size()), primaries.get(owner));
        load.awaitMore(5);
        moves += 2;
      }
      load.stop();
      tally.struck(Fault.SLOT_MOVED, moves);
      Map<Fault, Long> after = answered();
      after.forEach(
          (fault, times) -> tally.struck(fault, times - Objects.requireNonNull(before.get(fault))));
      assertThat(load.judge(keys(), false)).isZero();
    }
  }

  /**
   * In this layout the keys of a region do not share a slot. On a cluster the store refuses that
   * itself; one that takes a node of a cluster for a server of its own leaves it to the node.
   */
  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void keysOfSeveralSlots_areRefusedWithoutATrace(CommitMode mode) {
    Tally tally = Ledger.of(RedisBench.name(mode));
    Writer writer = new Writer(KeyLayout.WORLDMONITOR, tally);
    Snapshot snapshot = SnapshotDocuments.snapshot(
        "mena", "id-1", System.currentTimeMillis(), "scheduled_6h", "content");
    Map<Key, ObservedKey> before = keys();
    RedisServer node = cluster.primaries().get(0);
    for (String url : List.of(cluster.url(), node.url().toString())) {
      try (RespClient client = node.connect();
          TransactionalStore store =
              RedisStore.open(url, RedisOptions.defaults().withMode(mode))) {
        long mixed = ServerFaults.errors(client, "CROSSSLOT");
        PersistOutcome outcome = writer.persist(store, Writer.BRIEFLY, snapshot);
        tally.judging(() -> {
          assertThat(outcome).isInstanceOf(PersistOutcome.Refused.class);
          assertThat(keys()).isEqualTo(before);
        });
        tally.struck(Fault.SLOTS_MIXED, ServerFaults.errors(client, "CROSSSLOT") - mixed);
      }
    }
  }

  /** How often the nodes have answered so, by their own count. */
  private static Map<Fault, Long> answered() {
    Map<Fault, Long> times = new EnumMap<>(Fault.class);
    for (RedisServer node : cluster.nodes()) {
      try (RespClient client = node.connect()) {
        times.merge(Fault.SENT_ELSEWHERE, ServerFaults.errors(client, "MOVED"), Long::sum);
        times.merge(Fault.SENT_ELSEWHERE, ServerFaults.errors(client, "ASK"), Long::sum);
        times.merge(Fault.SLOT_SPLIT, ServerFaults.errors(client, "TRYAGAIN"), Long::sum);
      }
    }
    return times;
  }

  private static int slot(String region) {
    try (RespClient any = cluster.primaries().get(0).connect()) {
      return Integer.parseInt(any.text("CLUSTER", "KEYSLOT", "{" + region + "}"));
    }
  }

  private static int owner(int slot) {
    for (int i = 0; i < 3; i++) {
      if (slot < 16_384 * (i + 1) / 3) {
        return i;
      }
    }
    throw new IllegalArgumentException("no slot: " + slot);
  }

  private static void move(int slot, RedisServer from, RedisServer to) {
    try (RespClient source = from.connect();
        RespClient target = to.connect()) {
      String id = target.text("CLUSTER", "MYID");
      target.call("CLUSTER", "SETSLOT", slot, "IMPORTING", source.text("CLUSTER", "MYID"));
      source.call("CLUSTER", "SETSLOT", slot, "MIGRATING", id);
      for (List<?> keys = source.list("CLUSTER", "GETKEYSINSLOT", slot, 20);
          !keys.isEmpty();
          keys = source.list("CLUSTER", "GETKEYSINSLOT", slot, 20)) {
        List<Object> migrate =
            new ArrayList<>(List.of("MIGRATE", "127.0.0.1", to.port(), "", 0, 5000, "KEYS"));
        keys.forEach(key ->
            migrate.add(new String((byte[]) Objects.requireNonNull(key), StandardCharsets.UTF_8)));
        source.call(migrate.toArray());
      }
      target.call("CLUSTER", "SETSLOT", slot, "NODE", id);
      source.call("CLUSTER", "SETSLOT", slot, "NODE", id);
    }
  }

  private static Map<Key, ObservedKey> keys() {
    Map<Key, ObservedKey> all = new HashMap<>();
    for (RedisServer primary : cluster.primaries()) {
      try (RespClient client = primary.connect()) {
        new AtomicKeys(client).readAll().forEach((key, seen) -> all.put(key, withoutDrift(seen)));
      }
    }
    return all;
  }

  /** MIGRATE says how long a key has left, not until when: what moved expires some ms later. */
  private static ObservedKey withoutDrift(ObservedKey seen) {
    OptionalLong expiry = seen.expiresAtMillis().isPresent()
        ? OptionalLong.of(seen.expiresAtMillis().getAsLong() / 1000 * 1000)
        : OptionalLong.empty();
    if (seen instanceof ObservedValue value) {
      return new ObservedValue(value.value(), expiry);
    }
    return seen instanceof ObservedIndex index
        ? new ObservedIndex(index.entries(), expiry)
        : new ObservedOther(expiry);
  }
}
