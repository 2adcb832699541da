package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Users who may do some of what a commit takes: nothing is written, on any line of Redis. */
class PermissionTest {
  private static final List<String> COMMANDS = List.of(
      "set",
      "zadd",
      "zscore",
      "zrevrange",
      "zremrangebyscore",
      "pexpireat",
      "del",
      "multi",
      "exec");
  private static final Map<RedisBinary, RedisServer> SERVERS = new EnumMap<>(RedisBinary.class);

  @BeforeAll
  static void start() {
    for (RedisBinary binary : RedisBinary.values()) {
      SERVERS.put(binary, RedisServer.start(binary));
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(RedisServer::close);
  }

  private static RedisServer server(RedisBinary binary) {
    return Objects.requireNonNull(SERVERS.get(binary));
  }

  private static RespClient connect(RedisBinary binary) {
    return server(binary).connect();
  }

  /** A user with everything but what the rules take away, on an empty server. */
  private static RedisStore limited(RedisBinary binary, CommitMode mode, String... rules) {
    try (RespClient client = connect(binary)) {
      client.call("FLUSHALL");
    }
    permit(binary, rules);
    return RedisStore.open(
        "redis://limited:pw@127.0.0.1:" + server(binary).port(), Small.options(mode));
  }

  private static void permit(RedisBinary binary, String... rules) {
    List<String> command =
        new ArrayList<>(List.of("ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*", "+@all"));
    command.addAll(List.of(rules));
    try (RespClient client = connect(binary)) {
      client.call(command.toArray());
    }
  }

  private static long keys(RedisBinary binary) {
    try (RespClient client = connect(binary)) {
      return Long.parseLong(client.text("DBSIZE"));
    }
  }

  /** Every kind of write. */
  private static Transaction whole(String tag) {
    Key index = Small.index(tag);
    return new Transaction(
        List.of(),
        List.of(
            new Write.Put(Small.body(tag, 1), Value.utf8("x"), 4_000_000_000_000L),
            new Write.Add(index, new IndexEntry("m1", 1)),
            new Write.Trim(index, 10),
            new Write.ExpireWithTop(index, 4_000_000_000_000L),
            new Write.PointAtTop(new Key("pointer:{" + tag + "}"), index, 4_000_000_000_000L),
            new Write.IfNewTop(new Write.Delete(new Key("live:{" + tag + "}")))));
  }

  static Stream<Arguments> lacking() {
    return Stream.of(RedisBinary.values())
        .flatMap(binary -> Stream.of(CommitMode.values())
            .flatMap(
                mode -> COMMANDS.stream().map(command -> Arguments.of(binary, mode, command))));
  }

  @ParameterizedTest
  @MethodSource("lacking")
  void oneCommandLacking_commitsOneAfterTheOther_areWholeOrRejected(
      RedisBinary binary, CommitMode mode, String command) {
    try (RedisStore store = limited(binary, mode, "-" + command)) {
      for (int i = 0; i < 3; i++) {
        List<CommitResult> results = store.commit(List.of(whole("a"), whole("b")));
        if (isNeeded(binary, mode, command)) {
          assertThat(results).hasSize(2).allMatch(Small::isRejected);
          assertThat(results.toString()).containsIgnoringCase(command);
          assertThat(keys(binary)).isZero();
        } else {
          assertThat(results).containsExactly(Small.APPLIED, Small.APPLIED);
          assertThat(keys(binary)).isEqualTo(6);
        }
      }
    }
  }

  /** Scripts take no EXEC, and MULTI only where permissions can be asked in no other way. */
  private static boolean isNeeded(RedisBinary binary, CommitMode mode, String command) {
    return switch (command) {
      case "multi" -> mode == CommitMode.MULTI_EXEC || binary == RedisBinary.OLDEST;
      case "exec" -> mode == CommitMode.MULTI_EXEC;
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void someKeysForbidden_isRejectedAndNeighboursAreApplied(RedisBinary binary, CommitMode mode) {
    try (RedisStore store = limited(
        binary, mode, "resetkeys", "~small:{a}:*", "~pointer:{a}", "~live:{a}", "~small:{b}:*")) {
      List<CommitResult> results = store.commit(List.of(whole("a"), whole("b"), whole("c")));
      assertThat(results.get(0)).isEqualTo(Small.APPLIED);
      assertThat(results.subList(1, 3)).allMatch(Small::isRejected);
      assertThat(keys(binary)).isEqualTo(3);
    }
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(RedisBinary.values())
        .flatMap(binary -> Stream.of(CommitMode.values()).map(mode -> Arguments.of(binary, mode)));
  }

  /** Since 7.0 a key may be for reading only, which a read does not find out. */
  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void keysForReadingOnly_isRejected(CommitMode mode) {
    RedisBinary binary = RedisBinary.USUAL;
    try (RedisStore store = limited(
        binary, mode, "resetkeys", "~small:{a}:1", "%R~small:*", "~pointer:{a}", "~live:{a}")) {
      assertThat(store.commit(List.of(whole("a")))).allMatch(Small::isRejected);
      assertThat(keys(binary)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void commandTakenAway_nextCommitIsRejected(CommitMode mode) {
    try (RedisStore store = limited(RedisBinary.USUAL, mode)) {
      assertThat(Small.commit(store, whole("a"))).isEqualTo(Small.APPLIED);
      permit(RedisBinary.USUAL, "-zadd");
      assertThat(Small.commit(store, whole("b"))).matches(Small::isRejected);
      assertThat(keys(RedisBinary.USUAL)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void commandTakenAwayBefore7_isNoticed(CommitMode mode) {
    try (RedisStore store = limited(RedisBinary.OLDEST, mode)) {
      assertThat(Small.commit(store, whole("a"))).isEqualTo(Small.APPLIED);
      permit(RedisBinary.OLDEST, "-zadd");
      Await.until(
          "the permission is asked for again",
          () -> Small.isRejected(Small.commit(store, whole("b"))));
      permit(RedisBinary.OLDEST);
      assertThat(Small.commit(store, whole("c"))).isEqualTo(Small.APPLIED);
    }
  }
}
