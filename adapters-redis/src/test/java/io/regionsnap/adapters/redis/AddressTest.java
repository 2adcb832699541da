package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.doctor.DiagnoseStore;
import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisSentinels;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RedisTlsServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://me:pass@host",
        "redis-sentinel://me:pass@host,other?sentinelMasterId=name",
        "redis-cluster://me:pass@host,other"
      })
  void credentials_areAtHand_soThatNoConnectionIsHandedOutBeforeItIsActive(String url) {
    for (RedisURI uri : Address.parse(url, RedisOptions.defaults()).uris()) {
      assertAtHand(uri);
      if (uri.getSentinels().isEmpty()) {
        // As a cluster makes them of its seeds.
        assertAtHand(RedisURI.builder(uri).build());
      }
    }
  }

  private static void assertAtHand(RedisURI uri) {
    assertThat(uri.getCredentialsProvider())
        .isInstanceOfSatisfying(ImmediateRedisCredentialsProvider.class, provider -> {
          RedisCredentials credentials = provider.resolveCredentialsNow();
          assertThat(credentials.getUsername()).isEqualTo("me");
          assertThat(credentials.getPassword()).containsExactly("pass".toCharArray());
        });
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

  /** The doctor judges the primary, whoever that is. */
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
      assertThat(replicas(store))
          .contains("127.0.0.1:%d ".formatted(sentinels.servers().get(1).port()));
      primary.kill();
      Await.until("the replica is promoted", () -> {
        CommitResult result = Small.commit(store, 2);
        return result.equals(Small.APPLIED) || result instanceof CommitResult.GuardFailed;
      });
      assertThat(Small.get(store, Small.body("t", 1))).isInstanceOf(ReadResult.Found.class);
      assertThat(sentinels.primary().port()).isNotEqualTo(primary.port());
      assertThat(replicas(store)).isEqualTo("no replica follows this server");
    }
  }

  /** What a diagnosis that finds nothing broken says of them. */
  private static String replicas(RedisStore store) {
    List<Check> checks = new ArrayList<>();
    Diagnosis diagnosis = new DiagnoseStore(
            store, KeyLayout.TAGGED, Policy.DEFAULT, Clock.systemUTC(), System::nanoTime, () -> 1)
        .diagnose(new Region("mena"), checks::add);
    assertThat(diagnosis).as("%s", checks).isInstanceOf(Diagnosis.AtRisk.class);
    return checks.stream()
        .filter(check -> check.name().equals("replicas"))
        .map(Check::seen)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sentinelsWithAPasswordOfTheirOwn_bothAreUsedAndNeitherIsShown() {
    RedisOptions options =
        RedisOptions.defaults().withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));
    try (RedisSentinels sentinels = RedisSentinels.start()) {
      RedisServer primary = sentinels.primary();
      sentinels.lock("d+ta s3cret", "s&ntinel s3cret");
      String url = sentinels.url().replace("://", "://:d%2Bta%20s3cret@");
      String full = url.replace("#", "?sentinelPassword=s%26ntinel%20s3cret#");
      for (String wrong : List.of(
          url,
          url.replace("#", "?sentinelPassword=d%2Bta%20s3cret#"),
          full.replace("d%2Bta", "no"),
          full.replace("?", "?sentinelUser=nobody&"))) {
        try (RedisStore store = RedisStore.open(wrong, options)) {
          CommitResult result = Small.commit(store, 1);
          assertThat(result).isInstanceOf(CommitResult.NotApplied.class);
          assertThat(result + " " + store).doesNotContain("s3cret");
        }
      }
      try (RedisStore store = RedisStore.open(full, options.withDurableReplicas(1))) {
        assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
        assertThat(store.toString()).contains("primary master").doesNotContain("s3cret");
        primary.kill();
        Await.until("the replica is promoted", () -> {
          CommitResult result = Small.commit(store, 2);
          assertThat(result.toString()).doesNotContain("s3cret");
          return result.equals(Small.APPLIED) || result instanceof CommitResult.GuardFailed;
        });
      }
    }
  }
}
