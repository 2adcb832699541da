package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that take no writes for a while: each commit says why, and nothing is there. */
class ServerStateTest {

  /** A reason not to write, and how a server gets there and back. */
  enum State {
    OOM {
      @Override
      void begin(RedisServer server, RespClient client) {
        client.call("CONFIG", "SET", "maxmemory", "1");
      }

      @Override
      void end(RedisServer server, RespClient client) {
        client.call("CONFIG", "SET", "maxmemory", "0");
      }
    },
    READONLY {
      @Override
      void begin(RedisServer server, RespClient client) {
        client.call("REPLICAOF", "127.0.0.1", NOBODY);
      }

      @Override
      void end(RedisServer server, RespClient client) {
        client.call("REPLICAOF", "NO", "ONE");
      }
    },
    MASTERDOWN {
      @Override
      void begin(RedisServer server, RespClient client) {
        client.call("CONFIG", "SET", "replica-serve-stale-data", "no");
        client.call("REPLICAOF", "127.0.0.1", NOBODY);
      }

      @Override
      void end(RedisServer server, RespClient client) {
        client.call("REPLICAOF", "NO", "ONE");
      }
    },
    NOREPLICAS {
      @Override
      void begin(RedisServer server, RespClient client) {
        client.call("CONFIG", "SET", "min-replicas-to-write", "1");
      }

      @Override
      void end(RedisServer server, RespClient client) {
        client.call("CONFIG", "SET", "min-replicas-to-write", "0");
      }
    },
    MISCONF {
      @Override
      void begin(RedisServer server, RespClient client) {
        // Only a server that is to save by itself minds that it cannot; it never comes to that.
        client.call("CONFIG", "SET", "save", "3600 1000000");
        folder(server, true);
        save(client, "err");
      }

      @Override
      void end(RedisServer server, RespClient client) {
        folder(server, false);
        save(client, "ok");
      }
    };

    private static final int NOBODY = 1;

    abstract void begin(RedisServer server, RespClient client);

    abstract void end(RedisServer server, RespClient client);

    /** A folder in the place of the file makes saving fail. */
    private static void folder(RedisServer server, boolean there) {
      Path file = server.folder().resolve("dump.rdb");
      try {
        if (there) {
          Files.createDirectory(file);
        } else {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void save(RespClient client, String status) {
      client.call("BGSAVE");
      Await.until(
          "saving ended: " + status,
          () -> client.text("INFO", "persistence").contains("rdb_last_bgsave_status:" + status));
    }
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(RedisBinary.values())
        .flatMap(binary -> Stream.of(CommitMode.values())
            .flatMap(
                mode -> Stream.of(State.values()).map(state -> Arguments.of(binary, mode, state))));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void commit_whileItLasts_isNotAppliedAndSaysWhy(
      RedisBinary binary, CommitMode mode, State state) {
    try (RedisServer server = RedisServer.start(binary);
        RespClient client = server.connect();
        RedisStore before = RedisStore.open(server.url().toString(), Small.options(mode));
        RedisStore after = RedisStore.open(server.url().toString(), Small.options(mode))) {
      assertThat(Small.commit(before, 1)).isEqualTo(Small.APPLIED);
      state.begin(server, client);
      for (RedisStore store : new RedisStore[] {before, after, before}) {
        CommitResult result = Small.commit(store, 2);
        assertThat(result)
            .matches(state == State.OOM ? Small::isRejected : Small::isUnavailable)
            .asString()
            .contains("message=" + state.name() + " ");
      }
      state.end(server, client);
      assertThat(client.text("DBSIZE")).isEqualTo("2");
      assertThat(Small.commit(before, 2)).isEqualTo(Small.APPLIED);
      assertThat(Small.commit(after, 3)).isEqualTo(Small.APPLIED);
    }
  }

  static Stream<Arguments> modes() {
    return Stream.of(RedisBinary.values())
        .flatMap(binary -> Stream.of(CommitMode.values()).map(mode -> Arguments.of(binary, mode)));
  }

  /** Where the name of a server now leads elsewhere, a new connection finds out. */
  @ParameterizedTest
  @MethodSource("modes")
  void commit_primaryWasDemoted_nextOneConnectsAnew(RedisBinary binary, CommitMode mode) {
    try (RedisServer server = RedisServer.start(binary);
        RespClient client = server.connect();
        RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      State.READONLY.begin(server, client);
      assertThat(Small.commit(store, 2)).matches(Small::isUnavailable);
      Await.until(
          "the old connections are closed",
          () -> client.text("CLIENT", "LIST").lines().count() == 1);
      State.READONLY.end(server, client);
      assertThat(Small.commit(store, 2)).isEqualTo(Small.APPLIED);
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void commit_serverIsBusyWithAScript_isUnavailableUntilItIsNot(
      RedisBinary binary, CommitMode mode) {
    String option = binary == RedisBinary.OLDEST ? "--lua-time-limit" : "--busy-reply-threshold";
    try (RedisServer server = RedisServer.start(binary, option, "50");
        RespClient hog = server.connect();
        RespClient client = server.connect();
        RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      hog.send(List.of("EVAL", "while true do end", "0"));
      Await.until("the server is busy", () -> isBusy(client));
      CommitResult result = Small.commit(store, 2);
      assertThat(result).matches(Small::isUnavailable);
      assertThat(result.toString()).contains("BUSY");
      client.call("SCRIPT", "KILL");
      Await.until("the server is not busy", () -> !isBusy(client));
      assertThat(Small.commit(store, 2)).isEqualTo(Small.APPLIED);
    }
  }

  private static boolean isBusy(RespClient client) {
    try {
      client.call("EXISTS", "any");
      return false;
    } catch (RespError e) {
      return e.text().startsWith("BUSY");
    }
  }
}
