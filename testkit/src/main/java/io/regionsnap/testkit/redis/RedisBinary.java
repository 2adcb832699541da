package io.regionsnap.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where {@code redis-server} is: on the PATH, or unpacked from a jar, once for each JVM. */
final class RedisBinary {
  private static final Path PATH = onPath().orElseGet(RedisBinary::unpacked);

  private RedisBinary() {}

  static Path path() {
    return PATH;
  }

  /** Whether it was built with TLS. */
  static boolean supportsTls() {
    return Tls.SUPPORTED;
  }

  private static Optional<Path> onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path unpacked() {
    String name = "/redis-server-7.0.15-" + system() + "-" + machine();
    try (InputStream binary = RedisBinary.class.getResourceAsStream(name)) {
      if (binary == null) {
        throw new IllegalStateException("there is no redis-server on the PATH, and none in a jar"
            + " for this machine (" + name + "); install one");
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

  /** Asked once, and only if somebody wants to know. */
  private static final class Tls {
    static final boolean SUPPORTED = probe();

    /**
     * By a value that is none, so that the server ends at once: with TLS it names those that are.
     */
    private static boolean probe() {
      try {
        Process process = new ProcessBuilder(PATH.toString(), "--tls-auth-clients", "?")
            .redirectErrorStream(true)
            .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .contains("optional");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
