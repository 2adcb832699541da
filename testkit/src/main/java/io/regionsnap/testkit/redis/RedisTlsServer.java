package io.regionsnap.testkit.redis;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link RedisServer} that speaks TLS on a second port, with a certificate of its own that only
 * its trust store knows.
 *
 * <p>The first port stays plain, for those who look behind a store's back. Clients are not asked
 * for certificates. Not every {@code redis-server} is built with TLS: a test that needs it begins
 * with {@code assumeTrue(RedisTlsServer.isSupported())}. Not thread-safe.
 */
public final class RedisTlsServer implements AutoCloseable {
  // The port of the cluster bus, free because this is no cluster.
  private static final int TLS_PORT_DISTANCE = 10_000;

  private final Path folder;
  private final ServerCertificate certificate;
  private final RedisServer server;

  private RedisTlsServer(Path folder, ServerCertificate certificate, RedisServer server) {
    this.folder = folder;
    this.certificate = certificate;
    this.server = server;
  }

  /**
   * Whether the {@code redis-server} of this machine was built with TLS. That of
   * {@code org.signal:embedded-redis} and that of Debian are.
   *
   * @return whether {@link #start} can work
   */
  public static boolean isSupported() {
    return RedisBinary.USUAL.supportsTls();
  }

  /**
   * Makes a certificate, starts a server and waits until it answers.
   *
   * @param options as for {@link RedisServer#start}
   * @return the server; to be closed
   * @throws IllegalStateException if TLS is not supported
   */
  public static RedisTlsServer start(String... options) {
    if (!isSupported()) {
      throw new IllegalStateException(RedisBinary.USUAL.path() + " was built without TLS");
    }
    Path folder = TemporaryFolder.create();
    try {
      ServerCertificate certificate = ServerCertificate.make(folder);
      RedisServer server = RedisServer.start(port -> {
        List<String> all = new ArrayList<>(List.of(
            "--tls-port",
            Integer.toString(port + TLS_PORT_DISTANCE),
            "--tls-cert-file",
            certificate.certificateFile().toString(),
            "--tls-key-file",
            certificate.keyFile().toString(),
            "--tls-auth-clients",
            "no"));
        all.addAll(List.of(options));
        return all;
      });
      return new RedisTlsServer(folder, certificate, server);
    } catch (RuntimeException | Error e) {
      TemporaryFolder.delete(folder);
      throw e;
    }
  }

  /**
   * The server behind it, with its plain port.
   *
   * @return the server; not to be closed, but to be killed and restarted at will
   */
  public RedisServer server() {
    return server;
  }

  /**
   * Its address without credentials.
   *
   * @return a {@code rediss://} URL
   */
  public URI url() {
    return URI.create("rediss://127.0.0.1:" + (server.port() + TLS_PORT_DISTANCE));
  }

  /**
   * What a client must trust.
   *
   * @return a PKCS12 file that holds the certificate
   */
  public Path trustStore() {
    return certificate.trustStore();
  }

  /**
   * The password of {@link #trustStore()}.
   *
   * @return the password
   */
  public String trustStorePassword() {
    return ServerCertificate.PASSWORD;
  }

  /**
   * The same for clients that read no PKCS12.
   *
   * @return a PEM file that holds the certificate
   */
  public Path certificate() {
    return certificate.certificateFile();
  }

  /**
   * Connects over TLS, without credentials.
   *
   * @return a client; to be closed
   */
  public RespClient connect() {
    return RespClient.connect(url(), certificate.sockets());
  }

  @Override
  public void close() {
    server.close();
    TemporaryFolder.delete(folder);
  }
}
