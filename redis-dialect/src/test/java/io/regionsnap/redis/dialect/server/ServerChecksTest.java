package io.regionsnap.redis.dialect.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers say, in the words of Redis 7.0.15 unless a test says otherwise. */
class ServerChecksTest {
  private static final Map<String, String> SOUND = Map.ofEntries(
      Map.entry("redis_version", "7.0.15"),
      Map.entry("used_memory", "1000"),
      Map.entry("maxmemory", "0"),
      Map.entry("maxmemory_policy", "noeviction"),
      Map.entry("evicted_keys", "0"),
      Map.entry("rdb_changes_since_last_save", "7"),
      Map.entry("rdb_last_save_time", "1795619577"),
      Map.entry("rdb_last_bgsave_status", "ok"),
      Map.entry("aof_enabled", "1"),
      Map.entry("aof_last_bgrewrite_status", "ok"),
      Map.entry("aof_last_write_status", "ok"),
      Map.entry("role", "master"),
      Map.entry("connected_slaves", "1"),
      Map.entry("min_slaves_good_slaves", "1"),
      Map.entry("slave0", "ip=10.0.0.2,port=6379,state=online,offset=42,lag=1"));

  private static final Map<String, String> SETTINGS =
      Map.of("appendfsync", "always", "save", "", "min-replicas-to-write", "1");

  private final Map<String, String> fields = new LinkedHashMap<>(SOUND);
  private final Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
  private int durableReplicas;

  private List<Check> checks() {
    List<Reply> replies = new ArrayList<>();
    StringBuilder info = new StringBuilder("# Everything\r\n");
    fields.forEach((name, value) -> info.append(name).append(':').append(value).append("\r\n"));
    replies.add(bulk(info + "\r\n"));
    settings.forEach(
        (name, value) -> replies.add(new Reply.Many(List.of(bulk(name), bulk(value)))));
    return ServerChecks.all(ServerSight.of(replies), durableReplicas);
  }

  private static Reply bulk(String text) {
    return new Reply.Bulk(Value.utf8(text));
  }

  private void says(String name, String value) {
    fields.put(name, value);
  }

  private void assertThatIs(Verdict verdict, String name, String seen) {
    Check check = named(name);
    assertThat(check.verdict()).as(check.toString()).isEqualTo(verdict);
    assertThat(check.seen()).contains(seen);
  }

  private Check named(String name) {
    return checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void soundServer_passesAll() {
    assertThat(checks())
        .allMatch(check -> check.verdict() == Verdict.PASS, "passes")
        .extracting(Check::name)
        .containsExactly(
            "version",
            "eviction",
            "memory",
            "persistence",
            "last-save",
            "replicas",
            "min-replicas",
            "durable-replicas");
    assertThat(named("persistence").advice()).contains("Truncating the AOF", "BGREWRITEAOF");
  }

  /** "Not visible" is never taken for well, and never an error. */
  @Test
  void nothingVisible_isAWarningEachWithWhatToDo() {
    for (ServerSight blind : List.of(
        ServerSight.none("NOPERM this user has no permissions to run the 'info' command"),
        new ServerSight(Map.of(), Map.of(), ""))) {
      assertThat(ServerChecks.all(blind, 0)).hasSize(8).allSatisfy(check -> {
        assertThat(check.verdict()).isEqualTo(Verdict.WARN);
        assertThat(check.seen()).containsAnyOf("not visible to this user: NOPERM", "does not tell");
        assertThat(check.advice()).isNotBlank();
      });
    }
  }

  @ParameterizedTest
  @CsvSource({"6.2.0, PASS", "6.0.16, FAIL", "5.9.9, FAIL", "8.2.1, PASS", "unstable, WARN"})
  void version_oldOnesFail(String version, Verdict verdict) {
    says("redis_version", version);
    assertThatIs(verdict, "version", "Redis " + version);
  }

  @Test
  void version_namesValkeyAndUpstash() {
    says("valkey_version", "8.0.1");
    assertThatIs(Verdict.PASS, "version", "Valkey 8.0.1, as Redis 7.0.15");
    says("upstash_version", "1.13.3");
    assertThatIs(Verdict.PASS, "version", "Upstash 1.13.3, as Redis 7.0.15");
  }

  @ParameterizedTest
  @CsvSource({
    "noeviction, 0, 0, PASS, noeviction",
    "noeviction, 0, 3, WARN, '3'",
    "allkeys-lru, 0, 0, WARN, no limit yet",
    "volatile-ttl, 1000000, 0, FAIL, volatile-ttl",
    "allkeys-lru, 0, 3, FAIL, '3'"
  })
  void eviction_onlyNoevictionPasses(
      String policy, String limit, String evicted, Verdict verdict, String seen) {
    says("maxmemory_policy", policy);
    says("maxmemory", limit);
    says("evicted_keys", evicted);
    assertThatIs(verdict, "eviction", seen);
  }

  @Test
  void eviction_limitIsNotVisible_isTakenForOne() {
    says("maxmemory_policy", "allkeys-lru");
    fields.remove("maxmemory");
    assertThatIs(Verdict.FAIL, "eviction", "allkeys-lru");
  }

  @ParameterizedTest
  @CsvSource({"899, PASS", "900, WARN", "999, WARN", "1000, FAIL", "1200, FAIL"})
  void memory_fullOneFails(String used, Verdict verdict) {
    says("maxmemory", "1000");
    says("used_memory", used);
    assertThatIs(verdict, "memory", used + " of 1000 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "1, always, '', PASS, appendfsync always",
    "1, everysec, '', PASS, the last second",
    "1, no, '', WARN, loses what it had not written",
    "0, everysec, 3600 1, WARN, now 7 changes",
    "0, everysec, '', WARN, nothing is kept"
  })
  void persistence_isJudgedByWhatACrashLoses(
      String log, String sync, String save, Verdict verdict, String seen) {
    says("aof_enabled", log);
    settings.put("appendfsync", sync);
    settings.put("save", save);
    assertThatIs(verdict, "persistence", seen);
  }

  @ParameterizedTest
  @CsvSource({"1", "0"})
  void persistence_settingsAreNotVisible_isAWarning(String log) {
    says("aof_enabled", log);
    settings.clear();
    assertThatIs(Verdict.WARN, "persistence", "not visible to this user");
    assertThat(named("persistence").advice()).contains("+config|get");
  }

  @ParameterizedTest
  @CsvSource({
    "aof_last_write_status, '', FAIL",
    "rdb_last_bgsave_status, 3600 1, FAIL",
    "rdb_last_bgsave_status, '', WARN",
    "aof_last_bgrewrite_status, '', WARN"
  })
  void lastSave_failed_isJudgedByWhetherCommitsAreRefused(
      String field, String save, Verdict verdict) {
    says(field, "err");
    settings.put("save", save);
    assertThatIs(verdict, "last-save", "");
  }

  @ParameterizedTest
  @CsvSource({
    "online, 1, PASS, 1 s behind",
    "online, 10, PASS, 10 s behind",
    "online, 11, WARN, 11 s behind",
    "wait_bgsave, 0, WARN, not online"
  })
  void replicas_thatDoNotFollowClosely_areAWarning(
      String state, String lag, Verdict verdict, String seen) {
    says("slave0", "ip=10.0.0.2,port=6379,state=%s,offset=42,lag=%s".formatted(state, lag));
    assertThatIs(verdict, "replicas", seen);
    durableReplicas = 1;
    assertThatIs(verdict, "durable-replicas", "1 are to confirm");
  }

  @Test
  void replicas_oneOfTwoDoesNotFollow_isAWarning_andCannotConfirm() {
    says("slave1", "ip=10.0.0.3,port=6379,state=online,offset=42,lag=11");
    assertThatIs(Verdict.WARN, "replicas", "10.0.0.2:6379 1 s behind, 10.0.0.3:6379 11 s behind");
    durableReplicas = 1;
    assertThatIs(Verdict.PASS, "durable-replicas", "1 are to confirm each commit, and 1 can");
    durableReplicas = 2;
    assertThatIs(Verdict.WARN, "durable-replicas", "2 are to confirm each commit, and 1 can");
  }

  @Test
  void replicas_none_isAWarning_andNoneAreDemanded() {
    fields.remove("slave0");
    fields.remove("min_slaves_good_slaves");
    settings.put("min-replicas-to-write", "0");
    assertThatIs(Verdict.WARN, "replicas", "no replica");
    assertThatIs(Verdict.PASS, "min-replicas", "none are demanded");
    assertThatIs(Verdict.PASS, "durable-replicas", "up to 0");
  }

  @Test
  void replica_fails() {
    says("role", "slave");
    says("master_host", "10.0.0.1");
    says("master_port", "6379");
    says("master_link_status", "down");
    assertThatIs(Verdict.FAIL, "replicas", "replica of 10.0.0.1:6379, and its link is down");
  }

  @Test
  void minReplicas_fewerThanDemanded_fails() {
    settings.put("min-replicas-to-write", "2");
    assertThatIs(Verdict.FAIL, "min-replicas", "is 2; 1 follow closely");
    settings.clear();
    assertThatIs(Verdict.PASS, "min-replicas", "1 follow closely");
    says("min_slaves_good_slaves", "0");
    assertThatIs(Verdict.FAIL, "min-replicas", "none follows");
  }

  @Test
  void minReplicas_notDemandedThoughThereAre_isAWarning() {
    fields.remove("min_slaves_good_slaves");
    assertThatIs(Verdict.WARN, "min-replicas", "is 0");
  }

  @Test
  void upstash_isJudgedByWhatItShows() {
    ServerSight sight = new ServerSight(
        Map.of("upstash_version", "1.13.3", "redis_version", "6.2.6"), Map.of(), "");
    assertThat(ServerChecks.ofUpstash(sight))
        .extracting(Check::name, Check::verdict)
        .containsExactly(tuple("version", Verdict.PASS), tuple("eviction", Verdict.WARN));
  }

  @ParameterizedTest
  @CsvSource({
    "ok, 16384, 0, 0, PASS",
    "fail, 16384, 0, 5461, FAIL",
    "ok, 16383, 0, 0, FAIL",
    "ok, 16384, 0, 1, FAIL",
    "ok, 16384, 5461, 0, WARN"
  })
  void cluster_missingSlots_fail(
      String state, String assigned, String doubted, String lost, Verdict verdict) {
    Check check = ClusterCheck.of(
        bulk("cluster_enabled:1\r\ncluster_state:%s\r\ncluster_slots_assigned:%s\r\n"
                .formatted(state, assigned)
            + "cluster_slots_pfail:%s\r\ncluster_slots_fail:%s\r\n".formatted(doubted, lost)));
    assertThat(check.verdict()).as(check.toString()).isEqualTo(verdict);
  }

  @Test
  void cluster_notVisible_isAWarning() {
    assertThat(ClusterCheck.of(new Reply.Failure("NOPERM no")).verdict()).isEqualTo(Verdict.WARN);
  }

  @Test
  void single_nodeOfACluster_fails() {
    says("cluster_enabled", "1");
    assertThat(ClusterCheck.ofSingle(new ServerSight(fields, Map.of(), "")))
        .extracting(Check::verdict)
        .containsExactly(Verdict.FAIL);
    assertThat(ClusterCheck.ofSingle(new ServerSight(SOUND, Map.of(), ""))).isEmpty();
  }

  @Test
  void together_isAsBadAsTheWorst_andNamesTheNodes() {
    Map<String, Check> checks = new LinkedHashMap<>();
    checks.put("a:1", Check.pass("x", "well"));
    checks.put("b:1", Check.pass("x", "well"));
    assertThat(ServerChecks.together(checks)).isEqualTo(Check.pass("x", "well (2 nodes)"));
    checks.put("c:1", Check.warn("x", "so so", "look"));
    assertThat(ServerChecks.together(checks)).isEqualTo(Check.warn("x", "c:1: so so", "look"));
    checks.put("d:1", Check.fail("x", "bad", "mend"));
    assertThat(ServerChecks.together(checks)).isEqualTo(Check.fail("x", "d:1: bad", "mend"));
    assertThat(ServerChecks.together(Map.of("a:1", Check.pass("x", "well"))))
        .isEqualTo(Check.pass("x", "well"));
  }

  @Test
  void strangeAnswers_areNotVisible() {
    assertThat(ServerSight.of(List.of(new Reply.Whole(1))).refusal()).contains("no text");
    ServerSight sight = ServerSight.of(
        List.of(bulk("no colon\r\n:empty\r\nmaxmemory:much\r\n"), new Reply.Many(List.of())));
    assertThat(sight.settings()).isEmpty();
    assertThat(sight.fields()).containsOnlyKeys("maxmemory");
    assertThat(sight.number("maxmemory")).isEmpty();
  }
}
