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
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots whose bodies are sent beside the script, and servers that do not have it so. */
@SuppressWarnings("NullAway.Init")
class StagingTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String BODY = "x".repeat(20_000);
  private static final RedisOptions OPTIONS = Small.options(CommitMode.SCRIPT);

  private static RedisServer server;
  private static RespClient client;

  @BeforeAll
  static void startServer() {
    server = RedisServer.start();
    client = server.connect();
  }

  @AfterAll
  static void stopServer() {
    client.close();
    server.close();
  }

  @BeforeEach
  void clear() {
    client.call("CONFIG", "SET", "maxmemory", "0");
    client.call("FLUSHALL");
    client.call("CONFIG", "RESETSTAT");
  }

  private static Snapshot snapshot(int number) {
    return SnapshotDocuments.snapshot(
        "mena", "mena-" + number, CLOCK.millis() - 3_600_000L * (9 - number), "scheduled_6h", BODY);
  }

  private static PersistOutcome persist(RedisStore store, KeyLayout layout, Snapshot snapshot) {
    return new PersistSnapshots(
            store,
            layout,
            Policy.DEFAULT,
            SnapshotDocuments.PARSER,
            RetryPolicy.DEFAULT,
            CLOCK,
            Pause.REAL)
        .persist(List.of(snapshot))
        .get(0);
  }

  /** A figure that the server keeps of a command. */
  private static long count(String command, String figure) {
    Matcher line = Pattern.compile("cmdstat_" + command + ":.*?\\b" + figure + "=(\\d+)")
        .matcher(client.text("INFO", "commandstats"));
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }

  private static void requireWhole(KeyLayout layout, int keys) {
    var all = new RedisRawKeys(List.of(client)).readAll();
    assertThat(all).hasSize(keys);
    RegionState state =
        RegionState.of(new Region("mena"), layout, SnapshotDocuments.PARSER, all, CLOCK.millis());
    assertThat(new RegionInvariants(layout, Policy.DEFAULT, SnapshotDocuments.PARSER)
            .violations(state))
        .isEmpty();
  }

  private static RedisStore limited(String... rules) {
    List<Object> command =
        new ArrayList<>(List.of("ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*", "+@all"));
    command.addAll(List.of(rules));
    client.call(command.toArray());
    return RedisStore.open("redis://limited:pw@127.0.0.1:" + server.port(), OPTIONS);
  }

  @ParameterizedTest
  @EnumSource(KeyLayout.class)
  void persist_bodyIsStaged_snapshotsAreWholeAndNothingElseIsLeft(KeyLayout layout) {
    try (RedisStore store = RedisStore.open(server.url().toString(), OPTIONS)) {
      for (int number = 1; number <= 3; number++) {
        assertThat(persist(store, layout, snapshot(number)))
            .isEqualTo(new PersistOutcome.Persisted());
      }
    }
    assertThat(count("rename", "calls")).isEqualTo(3);
    requireWhole(layout, 3 * 3 + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "-rename", "-copy"})
  void persist_userMayNotStage_bodyGoesThroughTheScriptFromThenOn(String rule) {
    String[] rules =
        rule.equals("keys") ? new String[] {"resetkeys", "~snapshot:*"} : new String[] {rule};
    try (RedisStore store = limited(rules)) {
      for (int number = 1; number <= 3; number++) {
        assertThat(persist(store, KeyLayout.TAGGED, snapshot(number)))
            .isEqualTo(new PersistOutcome.Persisted());
      }
    }
    assertThat(count("rename", "calls")).isZero();
    // Four for each snapshot, and what was staged in vain.
    assertThat(count("set", "calls") + count("set", "rejected_calls")).isEqualTo(3 * 4 + 1);
    requireWhole(KeyLayout.TAGGED, 3 * 3 + 2);
  }

  @Test
  void persist_outOfMemory_isRefusedForThatReasonAndNothingIsLeft() {
    client.call("CONFIG", "SET", "maxmemory", "1");
    try (RedisStore store = RedisStore.open(server.url().toString(), OPTIONS)) {
      assertThat(persist(store, KeyLayout.TAGGED, snapshot(1)))
          .isInstanceOfSatisfying(
              PersistOutcome.Refused.class,
              refused -> assertThat(refused.refusal().message()).contains("OOM"));
    }
    assertThat(client.text("DBSIZE")).isEqualTo("0");
  }

  @Test
  void persist_serverForgotTheScript_isPersistedAndNothingIsLeft() {
    try (RedisStore store = RedisStore.open(server.url().toString(), OPTIONS)) {
      for (int number = 1; number <= 3; number++) {
        client.call("SCRIPT", "FLUSH");
        assertThat(persist(store, KeyLayout.TAGGED, snapshot(number)))
            .isEqualTo(new PersistOutcome.Persisted());
      }
    }
    assertThat(count("rename", "calls")).isEqualTo(3);
    requireWhole(KeyLayout.TAGGED, 3 * 3 + 2);
  }

  @Test
  void persist_scriptCannotAskForPermissions_bodyGoesThroughIt() {
    try (RedisServer oldest = RedisServer.start(RedisBinary.OLDEST);
        RespClient observer = oldest.connect();
        RedisStore store = RedisStore.open(oldest.url().toString(), OPTIONS)) {
      for (int number = 1; number <= 3; number++) {
        assertThat(persist(store, KeyLayout.TAGGED, snapshot(number)))
            .isEqualTo(new PersistOutcome.Persisted());
      }
      assertThat(observer.text("INFO", "commandstats")).doesNotContain("rename");
      assertThat(observer.text("DBSIZE")).isEqualTo(String.valueOf(3 * 3 + 2));
    }
  }
}
