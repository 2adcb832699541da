package io.regionsnap.adapters.upstash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, where client and server agree on the version of HTTP. */
@SuppressWarnings("NullAway.Init")
class TlsTest {
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final char[] PASSWORD = "regionsnap".toCharArray();
  private static final Query.Get GET = new Query.Get(new Key("k"));

  @TempDir
  Path folder;

  private MockWebServer server;

  @BeforeEach
  void startServer() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    server = new MockWebServer();
    server.useHttps(new HandshakeCertificates.Builder()
        .heldCertificate(certificate)
        .build()
        .sslSocketFactory());
    server.start();
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("server", certificate.certificate());
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD);
    }
    System.setProperty(TRUST, file.toString());
    System.setProperty(TRUST + "Password", new String(PASSWORD));
  }

  @AfterEach
  void stopServer() {
    trustNobody();
    server.close();
  }

  private static void trustNobody() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  private void answer(int times) {
    for (int i = 0; i < times; i++) {
      server.enqueue(new MockResponse.Builder()
          .body("[{\"result\":[\"1\",\"2\"]},{\"result\":\"body\"}]")
          .build());
    }
  }

  private UpstashStore open() {
    return UpstashStore.open(server.url("/").uri(), "token", UpstashOptions.defaults());
  }

  @Test
  void http2Offered_isUsed_onOneConnection() throws InterruptedException {
    answer(2);
    try (UpstashStore store = open()) {
      for (int i = 0; i < 2; i++) {
        assertThat(store.read(List.of(GET)))
            .containsExactly(new ReadResult.Found<>(Value.utf8("body")));
      }
    }
    assertThat(List.of(server.takeRequest(), server.takeRequest()))
        .extracting(RecordedRequest::getVersion, RecordedRequest::getConnectionIndex)
        .containsExactly(tuple("HTTP/2", 0), tuple("HTTP/2", 0));
  }

  @Test
  void http2NotOffered_isHttp11() throws InterruptedException {
    server.setProtocols(List.of(Protocol.HTTP_1_1));
    answer(1);
    try (UpstashStore store = open()) {
      assertThat(store.read(List.of(GET)))
          .containsExactly(new ReadResult.Found<>(Value.utf8("body")));
    }
    assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/1.1");
  }

  @Test
  void certificateNotTrusted_isUnreachable() {
    trustNobody();
    try (UpstashStore store = open()) {
      assertThat(store.read(List.of(GET)))
          .singleElement()
          .isInstanceOf(ReadResult.Unreadable.class)
          .asString()
          .contains("cannot reach", "certif");
    }
  }
}
