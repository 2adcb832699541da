package io.regionsnap.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsServerTest {

  @BeforeEach
  void needsTls() {
    assumeTrue(RedisTlsServer.isSupported(), RedisBinary.USUAL.path() + " was built without TLS");
  }

  @Test
  void connect_trustStore_isServedOverTlsAndAfterARestart() {
    ProcessHandle process;
    Path trustStore;
    try (RedisTlsServer server = RedisTlsServer.start("--appendonly", "yes")) {
      trustStore = server.trustStore();
      assertThat(trustStore).exists();
      try (RespClient client = server.connect()) {
        assertThat(client.text("SET", "key", "x")).isEqualTo("OK");
      }
      server.server().kill();
      server.server().restart();
      process = server.server().process();
      try (RespClient client = server.connect();
          RespClient plain = server.server().connect()) {
        assertThat(client.text("GET", "key")).isEqualTo("x");
        assertThat(plain.text("GET", "key")).isEqualTo("x");
      }
    }
    assertThat(process.isAlive()).isFalse();
    assertThat(trustStore.getParent()).doesNotExist();
  }

  @Test
  void connect_clientThatTrustsAnother_isRefused(@TempDir Path folder) {
    try (RedisTlsServer server = RedisTlsServer.start()) {
      URI url = server.url();
      assertThat(url.toString()).startsWith("rediss://127.0.0.1:");
      assertThatThrownBy(() -> RespClient.connect(url))
          .hasCauseInstanceOf(SSLHandshakeException.class);
      ServerCertificate other = ServerCertificate.make(folder);
      assertThatThrownBy(() -> RespClient.connect(url, other.sockets()))
          .hasCauseInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void connect_plainClient_isNotServed() {
    try (RedisTlsServer server = RedisTlsServer.start();
        RespClient client = RespClient.connect(server.url().getPort())) {
      assertThatThrownBy(() -> client.call("PING")).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void trustStore_and_certificate_holdTheSame() throws Exception {
    try (RedisTlsServer server = RedisTlsServer.start()) {
      KeyStore store = KeyStore.getInstance(
          server.trustStore().toFile(), server.trustStorePassword().toCharArray());
      try (var pem = Files.newInputStream(server.certificate())) {
        assertThat(store.getCertificate(store.aliases().nextElement()))
            .isEqualTo(CertificateFactory.getInstance("X.509").generateCertificate(pem));
      }
    }
  }

  @Test
  void start_badOption_leavesNothing() {
    assertThatThrownBy(() -> RedisTlsServer.start("--no-such-option", "1"))
        .hasMessageContaining("no-such-option");
    assertThat(RedisServerTest.redisChildren()).isEmpty();
  }
}
