package io.regionsnap.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Folders of tests, outside of every test's own, because servers outlive the methods of a test. */
final class TemporaryFolder {
  private static final Set<Path> EXISTING = ConcurrentHashMap.newKeySet();

  private TemporaryFolder() {}

  static Path create() {
    try {
      Path folder = Files.createTempDirectory("regionsnap-redis");
      EXISTING.add(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void deleteAll() {
    EXISTING.forEach(TemporaryFolder::delete);
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
      EXISTING.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
