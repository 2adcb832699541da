package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisSentinels;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RedisTlsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways to reach a server that are not a plain host and port. */
class AddressTest {
  @TempDir
  Path folder = Path.of("replaced");

  @EnabledOnOs(value = OS.LINUX, disabledReason = "no native transport for Unix sockets here")
  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void unixSocket_isUsed(CommitMode mode) {
    Path socket = folder.resolve("redis.sock");
    try (RedisServer server = RedisServer.start("--unixsocket", socket.toString());
        RedisStore store = RedisStore.open("redis-socket://" + socket, Small.options(mode))) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      assertThat(server.process().isAlive()).isTrue();
      assertThat(store.toString()).contains("redis.sock");
    }
  }

  @Test
  void unixSocket_thatIsNotThere_isUnavailable() {
    try (RedisStore store = RedisStore.open(
        "redis-socket://" + folder.resolve("none"), Small.options(CommitMode.AUTO))) {
      assertThat(Small.commit(store, 1)).matches(Small::isUnavailable);
    }
  }

  @Test
  void tls_isUsedAndTheCertificateIsChecked() {
    assumeTrue(RedisTlsServer.isSupported(), "this redis-server has no TLS");
    try (RedisTlsServer server = RedisTlsServer.start()) {
      String url = server.url().toString();
      try (RedisStore store =
          RedisStore.open(url + "?verifyPeer=NONE", Small.options(CommitMode.AUTO))) {
        assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      }
      try (RedisStore store = RedisStore.open(url, Small.options(CommitMode.AUTO))) {
        assertThat(Small.commit(store, 2))
            .as("nobody vouches for the certificate")
            .matches(Small::isUnavailable);
      }
      assertThat(server.server().process().isAlive()).isTrue();
    }
  }

  @Test
  void sentinel_primaryDies_findsTheNewOne() {
    try (RedisSentinels sentinels = RedisSentinels.start();
        RedisStore store = RedisStore.open(
            sentinels.url(),
            RedisOptions.defaults()
                .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .withDurableReplicas(1))) {
      RedisServer primary = sentinels.primary();
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      primary.kill();
      Await.until("the replica is promoted", () -> {
        CommitResult result = Small.commit(store, 2);
        return result.equals(Small.APPLIED) || result instanceof CommitResult.GuardFailed;
      });
      assertThat(Small.get(store, Small.body("t", 1))).isInstanceOf(ReadResult.Found.class);
      assertThat(sentinels.primary().port()).isNotEqualTo(primary.port());
    }
  }

  /** As Redis 6.2, which has no such command. */
  @Test
  void describe_serverWithoutPexpiretime_worksTheExpiryOut() {
    try (RedisServer server = RedisServer.start("--rename-command", "PEXPIRETIME", "");
        RedisStore store =
            RedisStore.open(server.url().toString(), Small.options(CommitMode.AUTO))) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      List<ReadResult<KeyDescription>> results = store.read(
          List.of(new Query.Describe(Small.body("t", 1)), new Query.Describe(Small.body("t", 2))));
      assertThat(results.get(0)).isInstanceOfSatisfying(ReadResult.Found.class, found -> {
        KeyDescription description = (KeyDescription) found.value();
        assertThat(description.kind()).isEqualTo(Kind.VALUE);
        assertThat(description.expiresAtMillis().orElseThrow())
            .isBetween(4_000_000_000_000L - 10, 4_000_000_000_010L);
      });
      assertThat(results.get(1)).isInstanceOf(ReadResult.Absent.class);
    }
  }
}
