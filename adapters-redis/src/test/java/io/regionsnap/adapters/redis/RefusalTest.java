package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse: each answer is "not applied", and nothing is there. */
class RefusalTest {

  /** Writes down what it is told. */
  static final class Notes implements RedisListener {
    final List<String> notes = new ArrayList<>();

    @Override
    public synchronized void scriptsRefused(String message) {
      notes.add(message);
    }

    @Override
    public synchronized void fewerReplicas(int wanted, int confirmed) {
      notes.add(confirmed + " of " + wanted);
    }
  }

  private static long keys(RedisServer server) {
    try (RespClient client = server.connect()) {
      return Long.parseLong(client.text("DBSIZE"));
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void noServer_isUnavailable(CommitMode mode) {
    RedisServer server = RedisServer.start();
    server.close();
    try (RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      assertThat(Small.commit(store, 1)).matches(Small::isUnavailable);
      assertThat(Small.get(store, new Key("k"))).isInstanceOf(ReadResult.Unreadable.class);
      assertThat(store.scan(new Scan("", "", Optional.empty(), 10)))
          .isInstanceOf(ReadResult.Unreadable.class);
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void wrongPassword_isRejectedAndNotRepeated(CommitMode mode) {
    try (RedisServer server = RedisServer.start("--requirepass", "right")) {
      String url = "redis://:s3cret@127.0.0.1:" + server.port();
      try (RedisStore store = RedisStore.open(url, Small.options(mode))) {
        CommitResult result = Small.commit(store, 1);
        assertThat(result).matches(Small::isRejected);
        assertThat(result.toString()).contains("WRONGPASS").doesNotContain("s3cret");
        assertThat(store.toString()).contains("127.0.0.1").doesNotContain("s3cret");
        assertThat(Small.get(store, new Key("k")).toString()).doesNotContain("s3cret");
      }
      try (RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
        // Often: what the server says must not get lost in how fast it hangs up.
        for (int i = 0; i < 100; i++) {
          assertThat(Small.commit(store, 1)).matches(Small::isRejected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void userPasswordAndDatabase_areUsed(CommitMode mode) {
    try (RedisServer server = RedisServer.start();
        RespClient client = server.connect()) {
      client.call("ACL", "SETUSER", "alice", "on", ">p@ss", "~*", "+@all");
      String url = "redis://alice:p%40ss@127.0.0.1:" + server.port() + "/5";
      try (RedisStore store = RedisStore.open(url, Small.options(mode))) {
        assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      }
      assertThat(client.text("DBSIZE")).isEqualTo("0");
      client.call("SELECT", 5);
      assertThat(client.text("DBSIZE")).isEqualTo("2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://u:s3cret@host",
        "redis://u:s3cret@host:99999999",
        "redis-cluster://u:s3cret@host:1/3",
        "redis-sentinel://u:s3cret@host",
        "u:s3cret@host",
        "redis://:s3cret?more@host",
        "redis://u:s3cret#more@host:1",
        "redis://:s3cret",
        "redis://u:s3cret@host/s3cretdatabase?x=s3cret",
        ""
      })
  void open_urlThatIsNone_isRefusedWithoutItsSecrets(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisStore.open(url, RedisOptions.defaults()))
        .satisfies(e -> {
          assertThat(e.getMessage()).doesNotContain("s3cret");
          assertThat(e.getCause()).isNull();
        });
  }

  @Test
  void options_thatMakeNoSense_areRefused() {
    RedisOptions options = RedisOptions.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> options.withDurableReplicas(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withTimeouts(Duration.ZERO, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withTimeouts(Duration.ofSeconds(1), Duration.ZERO));
  }

  private static String limited(RedisServer server, String... rules) {
    try (RespClient client = server.connect()) {
      List<String> command =
          new ArrayList<>(List.of("ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*"));
      command.addAll(List.of(rules));
      client.call(command.toArray());
    }
    return "redis://limited:pw@127.0.0.1:" + server.port();
  }

  @Test
  void scriptsForbidden_autoFallsBackAndTellsOnce() {
    Notes notes = new Notes();
    try (RedisServer server = RedisServer.start();
        RedisStore store = RedisStore.open(
            limited(server, "+@all", "-@scripting"),
            Small.options(CommitMode.AUTO).withListener(notes))) {
      assertThat(store.commit(List.of(Small.put("t", 1), Small.put("t", 2), Small.put("t", 1))))
          .element(1)
          .isEqualTo(Small.APPLIED);
      assertThat(Small.commit(store, 3)).isEqualTo(Small.APPLIED);
      assertThat(notes.notes).hasSize(1).first().asString().startsWith("NOPERM");
      assertThat(keys(server)).isEqualTo(4);
    }
  }

  @Test
  void scriptsForbidden_readerThatNeverCommits_followsAllTheSame() {
    try (RedisServer server = RedisServer.start();
        RedisStore store = RedisStore.open(
            limited(server, "+@all", "-@scripting"), Small.options(CommitMode.AUTO))) {
      assertThat(store.read(List.of(new Query.Follow(new Key("p"), "id:", new Key("i")))))
          .isEqualTo(List.of(new ReadResult.Found<>(
              new Followed(Optional.empty(), Optional.empty(), Optional.empty()))));
    }
  }

  @Test
  void scriptsRenamedAway_autoFallsBack() {
    try (RedisServer server =
            RedisServer.start("--rename-command", "EVALSHA", "", "--rename-command", "EVAL", "");
        RedisStore store =
            RedisStore.open(server.url().toString(), Small.options(CommitMode.AUTO))) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
    }
  }

  @Test
  void scriptsForbidden_scriptMode_isRejected() {
    try (RedisServer server = RedisServer.start();
        RedisStore store = RedisStore.open(
            limited(server, "+@all", "-@scripting"), Small.options(CommitMode.SCRIPT))) {
      assertThat(Small.commit(store, 1)).matches(Small::isRejected);
      assertThat(keys(server)).isZero();
    }
  }

  @Test
  void scriptsAndTransactionsForbidden_isRejected() {
    try (RedisServer server = RedisServer.start();
        RedisStore store = RedisStore.open(
            limited(server, "+@all", "-@scripting", "-@transaction"),
            Small.options(CommitMode.AUTO))) {
      assertThat(Small.commit(store, 1)).matches(Small::isRejected);
      assertThat(Small.commit(store, 1)).matches(Small::isRejected);
      assertThat(keys(server)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void commandForbidden_isRejectedBeforeAnythingIsWritten(CommitMode mode) {
    try (RedisServer server = RedisServer.start();
        RedisStore store =
            RedisStore.open(limited(server, "+@all", "-zadd"), Small.options(mode))) {
      assertThat(Small.commit(store, 1)).matches(Small::isRejected);
      assertThat(keys(server)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void keysForbidden_isRejected(CommitMode mode) {
    try (RedisServer server = RedisServer.start();
        RedisStore store = RedisStore.open(
            limited(server, "resetkeys", "~other:*", "+@all"), Small.options(mode))) {
      assertThat(Small.commit(store, 1)).matches(Small::isRejected);
      assertThat(keys(server)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void replica_isUnavailableUntilItIsPromoted(CommitMode mode) {
    try (RedisServer primary = RedisServer.start();
        RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + primary.port());
        RespClient client = replica.connect();
        RedisStore store = RedisStore.open(replica.url().toString(), Small.options(mode))) {
      CommitResult result = Small.commit(store, 1);
      assertThat(result).matches(Small::isUnavailable);
      assertThat(result.toString()).contains("READONLY");
      client.call("REPLICAOF", "NO", "ONE");
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void serverIsLoading_isUnavailableUntilItHasLoaded(CommitMode mode) {
    try (RedisServer server = RedisServer.start(
            "--rdbcompression",
            "no",
            "--key-load-delay",
            "10000",
            "--loading-process-events-interval-bytes",
            "1024");
        RespClient client = server.connect();
        RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      for (int i = 0; i < 100; i++) {
        client.call("SET", "filler" + i, "x".repeat(1024));
      }
      client.call("SAVE");
      server.kill();
      server.restartWithoutWaiting();
      Await.until("the server says that it is loading", () -> {
        CommitResult result = Small.commit(store, 1);
        assertThat(result).matches(Small::isUnavailable);
        return result.toString().contains("LOADING");
      });
      server.awaitReady();
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void tooManyClients_isUnavailable(CommitMode mode) {
    try (RedisServer server = RedisServer.start("--maxclients", "1");
        RespClient only = server.connect();
        RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      assertThat(only.text("PING")).isEqualTo("PONG");
      assertThat(Small.commit(store, 1)).matches(Small::isUnavailable);
    }
  }

  @Test
  void durableReplicas_enough_nothingIsTold() {
    Notes notes = new Notes();
    try (RedisServer primary = RedisServer.start("--repl-diskless-sync-delay", "0");
        RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + primary.port());
        RespClient client = primary.connect();
        RespClient reader = replica.connect();
        RedisStore store = RedisStore.open(
            primary.url().toString(),
            Small.options(CommitMode.AUTO).withDurableReplicas(1).withListener(notes))) {
      Await.until(
          "the replica is attached",
          () -> client.text("INFO", "replication").contains("state=online"));
      assertThat(store.commit(List.of(Small.put("t", 1), Small.put("u", 2))))
          .containsExactly(Small.APPLIED, Small.APPLIED);
      assertThat(reader.call("GET", Small.body("u", 2).name()))
          .isEqualTo(Value.utf8("body 2").toByteArray());
      assertThat(notes.notes).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void durableReplicas_tooFew_isAppliedAndTold(CommitMode mode) {
    Notes notes = new Notes();
    RedisOptions options = RedisOptions.defaults()
        .withMode(mode)
        .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(200))
        .withDurableReplicas(1);
    try (RedisServer server = RedisServer.start();
        RedisStore store = RedisStore.open(server.url().toString(), options.withListener(notes))) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      assertThat(notes.notes).containsExactly("0 of 1");
    }
  }

  @Test
  void listenerThrows_commitIsReportedAllTheSame() {
    RedisListener broken = new RedisListener() {
      @Override
      public void scriptsRefused(String message) {
        throw new IllegalStateException("broken");
      }

      @Override
      public void fewerReplicas(int wanted, int confirmed) {
        throw new IllegalStateException("broken");
      }
    };
    try (RedisServer server = RedisServer.start();
        RedisStore store = RedisStore.open(
            limited(server, "+@all", "-@scripting", "-wait"),
            Small.options(CommitMode.AUTO).withListener(broken).withDurableReplicas(1))) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
    }
    RedisListener.logging().scriptsRefused("said nothing");
    RedisListener.logging().fewerReplicas(2, 1);
  }
}
