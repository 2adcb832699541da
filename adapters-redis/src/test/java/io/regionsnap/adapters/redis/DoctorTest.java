package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisCluster;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the doctor sees of real servers: their settings, replicas, clocks and slots. */
class DoctorTest extends Examination {
  @ParameterizedTest
  @EnumSource
  void durableServerWithReplica_passesAll(RedisBinary each) {
    binary = each;
    RedisServer server = server("--appendonly", "yes", "--appendfsync", "always");
    try (RedisServer replica = server.startReplica()) {
      set(server, "min-replicas-to-write", "1");
      Diagnosis diagnosis = untouched(
          server,
          () -> diagnose(
              server.url().toString(), Small.options(CommitMode.AUTO).withDurableReplicas(1)));
      assertThat(diagnosis).as(checks.toString()).isInstanceOf(Diagnosis.Sound.class);
      assertThat(checks)
          .extracting(Check::name)
          .contains(
              "script-transaction",
              "script-failed-guard",
              "script-wrong-kind",
              "multi-exec-transaction",
              "multi-exec-failed-guard",
              "multi-exec-wrong-kind",
              "slots-tagged",
              "slots-worldmonitor");
      assertThatIs(Verdict.PASS, "replicas", "127.0.0.1:" + replica.port());
      assertThatIs(Verdict.PASS, "version", each == RedisBinary.OLDEST ? "Redis 6.2" : "Redis ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void bareServer_isWarnedOf_inEachModeAndLayout(CommitMode mode) {
    RedisServer server = server();
    for (KeyLayout each : KeyLayout.values()) {
      layout = each;
      assertThat(diagnose(server, mode)).isInstanceOf(Diagnosis.AtRisk.class);
      List<String> warned = new ArrayList<>(List.of("persistence", "replicas"));
      if (each == KeyLayout.WORLDMONITOR) {
        warned.add("slots-worldmonitor");
      }
      assertThat(not(Verdict.PASS)).containsExactlyElementsOf(warned);
      assertThatIs(Verdict.WARN, "persistence", "nothing is kept on disk");
      assertThat(checks.stream()
              .filter(check -> check.name().endsWith("-transaction"))
              .count())
          .isEqualTo(mode == CommitMode.AUTO ? 2 : 1);
    }
    assertThatIs(Verdict.WARN, "slots-worldmonitor", "in 6 slots");
    assertThatIs(Verdict.PASS, "slots-tagged", "share a slot");
  }

  @Test
  void evictingServer_fails() {
    RedisServer server = server();
    set(server, "maxmemory-policy", "allkeys-lru");
    diagnose(server, CommitMode.AUTO);
    assertThatIs(Verdict.WARN, "eviction", "allkeys-lru");
    set(server, "maxmemory", "500mb");
    assertThat(diagnose(server, CommitMode.AUTO)).isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "eviction", "allkeys-lru");
  }

  @Test
  void fullServer_fails() {
    RedisServer server = server();
    set(server, "maxmemory", "1");
    assertThat(diagnose(server, CommitMode.AUTO)).isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "memory", "of 1 bytes");
    assertThatIs(Verdict.FAIL, "commits", "refuses to be written");
    assertThat(check("script-transaction").seen()).contains("OOM");
  }

  @ParameterizedTest
  @CsvSource({"yes, no, WARN", "yes, everysec, PASS", "no, always, WARN"})
  void persistence_isThatOfTheServer(String log, String sync, Verdict verdict) {
    RedisServer server = server("--appendonly", log, "--appendfsync", sync, "--save", "3600 1");
    diagnose(server, CommitMode.SCRIPT);
    assertThatIs(verdict, "persistence", log.equals("yes") ? "appendfsync " + sync : "save 3600 1");
  }

  @Test
  void saveThatFails_fails() throws Exception {
    RedisServer server = server("--save", "3600 1000000");
    Files.createDirectory(server.folder().resolve("dump.rdb"));
    try (RespClient client = server.connect()) {
      client.call("BGSAVE");
      Await.until(
          "saving failed",
          () -> client.text("INFO", "persistence").contains("rdb_last_bgsave_status:err"));
    }
    assertThat(diagnose(server, CommitMode.AUTO)).isInstanceOf(Diagnosis.Unfit.class);
    // Such a server refuses even the greeting of a client.
    assertThatIs(Verdict.FAIL, "reach", "MISCONF");
  }

  @Test
  void replicaAttachedAndDetached_isSeen() {
    RedisServer server = server();
    RedisOptions two = Small.options(CommitMode.AUTO).withDurableReplicas(2);
    RedisServer replica = server.startReplica();
    try {
      untouched(server, () -> diagnose(server.url().toString(), two));
      assertThatIs(Verdict.PASS, "replicas", "127.0.0.1:" + replica.port());
      assertThatIs(Verdict.WARN, "min-replicas", "min-replicas-to-write is 0");
      assertThatIs(Verdict.WARN, "durable-replicas", "2 are to confirm each commit, and 1 can");

      assertThat(untouched(
              server, () -> diagnose(replica.url().toString(), Small.options(CommitMode.AUTO))))
          .isInstanceOf(Diagnosis.Unfit.class);
      assertThatIs(Verdict.FAIL, "script-transaction", "READONLY");
    } finally {
      replica.close();
    }
    try (RespClient client = server.connect()) {
      Await.until(
          "the replica is gone",
          () -> client.text("INFO", "replication").contains("connected_slaves:0"));
    }
    diagnose(server, CommitMode.AUTO);
    assertThatIs(Verdict.WARN, "replicas", "no replica");
    set(server, "min-replicas-to-write", "1");
    assertThat(diagnose(server, CommitMode.AUTO)).isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "script-transaction", "NOREPLICAS");
  }

  /** What the server shows is asked for, though it takes no commits. */
  @Test
  void replica_toldByItsRole() {
    RedisServer server = server();
    try (RedisServer replica = server.startReplica();
        RedisStore store =
            RedisStore.open(replica.url().toString(), Small.options(CommitMode.AUTO))) {
      assertThat(store.check(List.of()))
          .filteredOn(check -> check.name().equals("replicas"))
          .extracting(Check::verdict, Check::seen)
          .containsExactly(tuple(
              Verdict.FAIL,
              "this server is a replica of 127.0.0.1:%d, and its link is up"
                  .formatted(server.port())));
    }
  }

  @ParameterizedTest
  @CsvSource({"-2, WARN, ahead", "2, WARN, behind", "-20, FAIL, ahead", "0, PASS, "})
  void clocksApart_areToldApart(long minutes, Verdict verdict, @Nullable String seen) {
    RedisServer server = server();
    clock = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(minutes));
    diagnose(server, CommitMode.AUTO);
    assertThatIs(verdict, "clock", seen == null ? "" : seen);
    assertThatIs(Verdict.PASS, "commits", "by script");
  }

  @Test
  void cluster_isJudgedAsAWhole_andOneOfItsNodesIsNotEnough() {
    try (RedisCluster cluster = RedisCluster.start()) {
      List<RespClient> clients =
          cluster.primaries().stream().map(RedisServer::connect).toList();
      RedisRawKeys raw = new RedisRawKeys(clients);
      assertThat(diagnose(cluster.url(), Small.options(CommitMode.AUTO)))
          .isInstanceOf(Diagnosis.AtRisk.class);
      assertThat(not(Verdict.PASS)).containsExactly("persistence", "min-replicas");
      assertThatIs(Verdict.PASS, "cluster", "state ok, 16384 of 16384 slots assigned (3 nodes)");
      assertThatIs(Verdict.PASS, "slots-tagged", "share a slot");
      assertThatIs(Verdict.PASS, "slots-worldmonitor", "in 6 slots of a cluster; not in use");
      assertThat(raw.readAll()).isEmpty();

      set(cluster.primaries().get(1), "maxmemory-policy", "allkeys-lru");
      diagnose(cluster.url(), Small.options(CommitMode.AUTO));
      assertThatIs(
          Verdict.WARN,
          "eviction",
          "127.0.0.1:%d: ".formatted(cluster.primaries().get(1).port()));

      layout = KeyLayout.WORLDMONITOR;
      assertThat(diagnose(cluster.url(), Small.options(CommitMode.AUTO)))
          .isInstanceOf(Diagnosis.Unfit.class);
      assertThatIs(Verdict.FAIL, "slots-worldmonitor", "in 6 slots");
      assertThatIs(Verdict.FAIL, "script-transaction", "must share a slot");

      layout = KeyLayout.TAGGED;
      try (RedisStore single = RedisStore.open(
          cluster.nodes().get(0).url().toString(), Small.options(CommitMode.AUTO))) {
        assertThat(single.check(List.of()))
            .filteredOn(check -> check.name().equals("cluster"))
            .extracting(Check::verdict)
            .containsExactly(Verdict.FAIL);
      }
      assertThat(raw.readAll()).isEmpty();
      clients.forEach(RespClient::close);
    }
  }

  @Test
  void ways_areThoseThatWereChosen() {
    try (RedisStore store =
        RedisStore.open("redis://127.0.0.1:1", Small.options(CommitMode.MULTI_EXEC))) {
      assertThat(store.commitWays())
          .extracting(StoreDiagnostics.CommitWay::name)
          .containsExactly("multi-exec");
    }
  }
}
