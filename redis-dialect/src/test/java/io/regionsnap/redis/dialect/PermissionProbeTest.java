package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a server that scripts cannot ask. */
@SuppressWarnings("NullAway.Init")
class PermissionProbeTest {
  private static final Key KEY = new Key("key");
  private static final Key INDEX = new Key("index");
  private static final long LATER = 4_000_000_000_000L;

  /** Every kind of write. */
  private static final Transaction WHOLE = new Transaction(
      List.of(),
      List.of(
          new Write.Put(KEY, Value.utf8("value"), LATER),
          new Write.Add(INDEX, new IndexEntry("m", 7)),
          new Write.Trim(INDEX, 5),
          new Write.ExpireWithTop(INDEX, LATER),
          new Write.PointAtTop(new Key("pointer"), INDEX, LATER),
          new Write.IfNewTop(new Write.Delete(new Key("other")))));

  private static RedisServer server;
  private static RespClient client;

  @BeforeAll
  static void connect() {
    server = SharedServer.oldest();
    client = server.connect();
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  @BeforeEach
  void clear() {
    client.call("CONFIG", "SET", "maxmemory", "0");
    client.call("FLUSHALL");
  }

  private static RespClient connectWithout(String command) {
    client.call("ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*", "+@all", "-" + command);
    RespClient limited = server.connect();
    limited.call("AUTH", "limited", "pw");
    return limited;
  }

  private static Optional<CommitResult> probe(RespClient through) {
    return new Server(through).run(PermissionProbe.of(List.of(WHOLE)).firstRound());
  }

  private static String rejection(RespClient through) {
    CommitResult against = probe(through).orElseThrow();
    return ((StoreRefusal.Rejected) ((CommitResult.NotApplied) against).reason()).message();
  }

  @Test
  void insisting_serverThatCannotSay_writesNothingAndSaysSo() {
    assertThat(new Server(client).run(TransactionScript.insisting(WHOLE).firstRound()))
        .isEqualTo(new ScriptAnswer.Unchecked());
    assertThat(client.text("DBSIZE")).isEqualTo("0");
    assertThat(new Server(client).run(TransactionScript.of(WHOLE, true).firstRound()))
        .isEqualTo(new ScriptAnswer.Decided(new CommitResult.Applied()));
  }

  @Test
  void insisting_serverThatCanSay_isApplied() {
    try (RespClient other = SharedServer.usual().connect()) {
      assertThat(new Server(other).run(TransactionScript.insisting(WHOLE).firstRound()))
          .isEqualTo(new ScriptAnswer.Decided(new CommitResult.Applied()));
    }
  }

  @Test
  void probe_everythingPermitted_isNothingAndLeavesNoMulti() {
    assertThat(probe(client)).isEmpty();
    assertThat(client.text("DBSIZE")).isEqualTo("0");
    assertThat(PermissionProbe.of(List.of(WHOLE)).commands())
        .containsExactlyInAnyOrder(
            "SET", "ZADD", "ZSCORE", "ZREVRANGE", "ZREMRANGEBYSCORE", "PEXPIREAT", "DEL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"set", "zadd", "zscore", "zrevrange", "zremrangebyscore", "pexpireat", "del"})
  void probe_oneLacking_namesIt(String command) {
    try (RespClient limited = connectWithout(command)) {
      assertThat(rejection(limited)).startsWith("NOPERM").contains("'" + command + "'");
    }
    assertThat(client.text("DBSIZE")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"multi", "discard"})
  void probe_cannotBeAsked_saysWhatToPermitAndRunsNothing(String command) {
    client.call("SET", "other", "stays");
    try (RespClient limited = connectWithout(command)) {
      assertThat(rejection(limited))
          .contains("without " + command.toUpperCase(java.util.Locale.ROOT));
    }
    assertThat(client.text("GET", "other")).isEqualTo("stays");
    assertThat(client.text("DBSIZE")).isEqualTo("1");
  }

  @Test
  void probe_serverRefusesForAnotherReason_isThatReason() {
    client.call("CONFIG", "SET", "maxmemory", "1");
    assertThat(rejection(client)).startsWith("OOM");
    CommitResult loading = PermissionProbe.of(List.of(WHOLE))
                .firstRound()
                .next()
                .apply(List.of(new Reply.Failure("LOADING Redis is loading")))
            instanceof Round.Done<Optional<CommitResult>> done
        ? done.result().orElseThrow()
        : new CommitResult.Applied();
    assertThat(loading)
        .isEqualTo(
            new CommitResult.NotApplied(new StoreRefusal.Unavailable("LOADING Redis is loading")));
  }
}
