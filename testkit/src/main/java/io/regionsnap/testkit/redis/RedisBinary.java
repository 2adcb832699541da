package io.regionsnap.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code redis-server} a test runs. Thread-safe; what has to be unpacked is unpacked once for
 * each JVM.
 */
public enum RedisBinary {
  /** The one on the PATH, or Redis 7.0.15 where there is none. */
  USUAL("7.0.15"),
  /**
   * Redis 6.2.7, of the oldest line that is served. It is in a second version of
   * {@code org.signal:embedded-redis}, which a build has to put on the class path of its tests.
   */
  OLDEST("6.2.7");

  private static final Map<RedisBinary, Path> FOUND = new ConcurrentHashMap<>();

  private final String version;

  RedisBinary(String version) {
    this.version = version;
  }

  Path path() {
    return FOUND.computeIfAbsent(this, RedisBinary::find);
  }

  /** Whether it was built with TLS. */
  boolean supportsTls() {
    // A value that is none, so that the server ends at once: with TLS it names those that are.
    try {
      Process process = new ProcessBuilder(path().toString(), "--tls-auth-clients", "?")
          .redirectErrorStream(true)
          .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .contains("optional");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path find() {
    return this == USUAL ? onPath().orElseGet(this::unpacked) : unpacked();
  }

  private static Optional<Path> onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Path unpacked() {
    String name = "/redis-server-" + version + "-" + system() + "-" + machine();
    try (@Nullable InputStream binary = RedisBinary.class.getResourceAsStream(name)) {
      if (binary == null) {
        throw new IllegalStateException(
            "no jar on the class path has a redis-server for this machine (" + name + "); "
                + (this == USUAL ? "install one" : "run the tests with Maven, which adds the jar"));
      }
      Path file = Files.createTempFile("regionsnap-redis-server", "");
      file.toFile().deleteOnExit();
      Files.write(file, binary.readAllBytes());
      if (!file.toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.contains("mac") ? "darwin" : "linux";
  }

  private static String machine() {
    return switch (System.getProperty("os.arch", "")) {
      case "aarch64", "arm64" -> "arm64";
      case "x86", "i386" -> "386";
      default -> "amd64";
    };
  }
}
