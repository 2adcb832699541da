package io.regionsnap.testkit.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a certificate for {@code localhost} and {@code 127.0.0.1}, signed by itself and valid
 * for two days, in files of a folder. The JDK's keytool makes it, so nothing is committed or
 * installed.
 */
final class ServerCertificate {
  static final String PASSWORD = "regionsnap";

  private static final String ALIAS = "redis";
  private static final String TYPE = "PKCS12";

  private final Path folder;

  private ServerCertificate(Path folder) {
    this.folder = folder;
  }

  static ServerCertificate make(Path folder) {
    ServerCertificate made = new ServerCertificate(folder);
    try {
      made.generate();
      made.export();
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no certificate could be made", e);
    }
  }

  private void generate() throws IOException {
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            TYPE,
            "-keystore",
            keyStore().toString(),
            "-storepass",
            PASSWORD)
        .redirectErrorStream(true)
        .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Files.exists(keyStore())) {
      throw new IOException("keytool: " + output);
    }
  }

  private void export() throws IOException, GeneralSecurityException {
    KeyStore keys = load(keyStore());
    Certificate certificate = keys.getCertificate(ALIAS);
    Key key = keys.getKey(ALIAS, PASSWORD.toCharArray());
    Files.writeString(certificateFile(), pem("CERTIFICATE", certificate.getEncoded()));
    Files.writeString(keyFile(), pem("PRIVATE KEY", key.getEncoded()));
    KeyStore trusted = KeyStore.getInstance(TYPE);
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate);
    try (OutputStream out = Files.newOutputStream(trustStore())) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String pem(String what, byte[] encoded) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, base64);
  }

  /** Sockets that trust this certificate and no other. */
  SSLSocketFactory sockets() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(trustStore()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path keyStore() {
    return folder.resolve("key.p12");
  }

  Path trustStore() {
    return folder.resolve("trust.p12");
  }

  Path certificateFile() {
    return folder.resolve("certificate.pem");
  }

  Path keyFile() {
    return folder.resolve("key.pem");
  }
}
