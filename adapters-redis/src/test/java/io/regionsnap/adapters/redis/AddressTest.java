package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
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

  /** Makes a key and a certificate for this machine, in the form that Redis reads. */
  private void makeCertificate() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storepass",
            "changeit",
            "-alias",
            "redis",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1")
        .redirectErrorStream(true)
        .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    char[] password = "changeit".toCharArray();
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password);
    }
    pem("key.pem", "PRIVATE KEY", keys.getKey("redis", password).getEncoded());
    pem("cert.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
  }

  private void pem(String file, String type, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
  }

  private RedisServer startWithTls(int port) {
    try {
      return RedisServer.start(
          "--tls-port",
          Integer.toString(port),
          "--tls-cert-file",
          folder.resolve("cert.pem").toString(),
          "--tls-key-file",
          folder.resolve("key.pem").toString(),
          "--tls-ca-cert-file",
          folder.resolve("cert.pem").toString(),
          "--tls-auth-clients",
          "no");
    } catch (IllegalStateException e) {
      Assumptions.abort("this redis-server has no TLS");
      throw e;
    }
  }

  @Test
  void tls_isUsedAndTheCertificateIsChecked() throws Exception {
    makeCertificate();
    // Taken and given back: the next one to take it is the server.
    RedisServer placeholder = RedisServer.start();
    int port = placeholder.port();
    placeholder.close();
    try (RedisServer server = startWithTls(port)) {
      String url = "rediss://127.0.0.1:" + port;
      try (RedisStore store =
          RedisStore.open(url + "?verifyPeer=NONE", Small.options(CommitMode.AUTO))) {
        assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      }
      try (RedisStore store = RedisStore.open(url, Small.options(CommitMode.AUTO))) {
        assertThat(Small.commit(store, 2))
            .as("nobody vouches for the certificate")
            .matches(Small::isUnavailable);
      }
      assertThat(server.process().isAlive()).isTrue();
    }
  }

  @Test
  void sentinel_primaryDies_findsTheNewOne() {
    try (RedisServer primary = RedisServer.start();
        RedisServer replica = RedisServer.start(
            "--replicaof", "127.0.0.1 " + primary.port(), "--repl-diskless-sync-delay", "0");
        RedisServer sentinel = RedisServer.startSentinel(primary);
        RespClient watcher = sentinel.connect();
        RedisStore store = RedisStore.open(
            "redis-sentinel://127.0.0.1:" + sentinel.port() + "?sentinelMasterId=primary",
            RedisOptions.defaults()
                .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .withDurableReplicas(1))) {
      Await.until(
          "the Sentinel knows the replica",
          () -> watcher.list("SENTINEL", "REPLICAS", "primary").size() == 1
              && replicationOf(replica).contains("master_link_status:up"));
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      primary.kill();
      Await.until("the replica is promoted", () -> {
        CommitResult result = Small.commit(store, 2);
        return result.equals(Small.APPLIED) || result instanceof CommitResult.GuardFailed;
      });
      assertThat(Small.get(store, Small.body("t", 1))).isInstanceOf(ReadResult.Found.class);
      assertThat(replicationOf(replica)).contains("role:master");
    }
  }

  private static String replicationOf(RedisServer server) {
    try (RespClient client = server.connect()) {
      return client.text("INFO", "replication");
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
