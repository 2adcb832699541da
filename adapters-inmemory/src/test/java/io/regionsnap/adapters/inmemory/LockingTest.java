package io.regionsnap.adapters.inmemory;

import static io.regionsnap.adapters.inmemory.Stores.APPLIED;
import static io.regionsnap.adapters.inmemory.Stores.CLOCK;
import static io.regionsnap.adapters.inmemory.Stores.assertRefused;
import static io.regionsnap.adapters.inmemory.Stores.commit;
import static io.regionsnap.adapters.inmemory.Stores.fill;
import static io.regionsnap.adapters.inmemory.Stores.has;
import static io.regionsnap.adapters.inmemory.Stores.open;
import static io.regionsnap.adapters.inmemory.Stores.openToRead;
import static io.regionsnap.adapters.inmemory.Stores.persist;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.adapters.inmemory.EmbeddedStore.Pause;
import io.regionsnap.adapters.inmemory.EmbeddedStoreException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer or many readers, in this process and in others. */
final class LockingTest {
  @TempDir
  Path folder = Path.of("replaced");

  private Path file = folder;
  private final List<Path> told = new ArrayList<>();

  @BeforeEach
  void nameFile() {
    file = folder.resolve("store");
  }

  private EmbeddedStore openWaiting(Pause pause) {
    Options options = Options.readWrite().waitingFor(Duration.ofSeconds(2), told::add);
    Target target = Target.of(file, false, Target.DISK);
    return EmbeddedStore.open(target, options, CLOCK, pause, UnaryOperator.identity());
  }

  /** Another process that has a store open until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      Options options = arguments[1].equals("read") ? Options.toRead() : Options.readWrite();
      try (EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]), options, CLOCK)) {
        System.out.println("open " + store.session().hashCode());
        while (System.in.read() >= 0) {
          // Hold on.
        }
      }
    }
  }

  private Process hold(String mode) throws IOException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            file.toString(),
            mode)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).startsWith("open");
    return process;
  }

  private static void end(Process process) {
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError(e);
    }
  }

  @Test
  void open_otherProcessWrites_isLocked() throws IOException {
    fill(file, 1);
    Process other = hold("write");
    try {
      assertRefused(Reason.LOCKED, file, () -> open(file));
      assertRefused(Reason.LOCKED, file, () -> openToRead(file));
    } finally {
      end(other);
    }
    open(file).close();
  }

  @Test
  void open_otherProcessReads_readersMayWritersNot() throws IOException {
    fill(file, 1);
    Process other = hold("read");
    try {
      assertRefused(Reason.LOCKED, file, () -> open(file));
      try (EmbeddedStore store = openToRead(file)) {
        assertThat(has(store, 1)).isTrue();
      }
    } finally {
      end(other);
    }
  }

  @Test
  void open_otherProcessLetsGoWhileWaiting_opens() throws IOException {
    fill(file, 1);
    Process other = hold("write");
    try (EmbeddedStore store = openWaiting(millis -> end(other))) {
      assertThat(has(store, 1)).isTrue();
    }
    assertThat(told).containsExactly(file.toRealPath());
  }

  @Test
  void open_otherProcessIsKilled_opens() throws Exception {
    fill(file, 1);
    Process other = hold("write");
    other.destroyForcibly().waitFor();
    try (EmbeddedStore store = open(file)) {
      assertThat(has(store, 1)).isTrue();
    }
  }

  @Test
  void open_sameProcessWrites_isLockedAndKeepsTheFirstLock() throws IOException {
    try (EmbeddedStore store = open(file)) {
      assertRefused(Reason.LOCKED, file, () -> open(file));
      assertRefused(Reason.LOCKED, file, () -> openToRead(file));
      assertThat(otherProcessIsLockedOut()).isTrue();
      assertThat(commit(store, persist(1))).isEqualTo(APPLIED);
    }
  }

  /** Closing any channel to the file would have dropped the lock that this process holds. */
  private boolean otherProcessIsLockedOut() throws IOException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            file.toString(),
            "write")
        .redirectErrorStream(true)
        .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output.contains("in use by another process");
  }

  @Test
  void open_throughALink_isLockedToo() throws IOException {
    try (EmbeddedStore store = open(file)) {
      Path link = Files.createSymbolicLink(folder.resolve("link"), file);
      assertRefused(Reason.LOCKED, file, () -> open(link));
      assertThat(commit(store, persist(1))).isEqualTo(APPLIED);
    }
  }

  @Test
  void openToRead_severalInThisProcess_lastOneCloses() {
    fill(file, 1);
    EmbeddedStore first = openToRead(file);
    EmbeddedStore second = openToRead(file);
    first.close();
    first.close();
    assertThat(has(second, 1)).isTrue();
    assertRefused(Reason.LOCKED, file, () -> open(file));
    second.close();
    open(file).close();
  }

  @Test
  void open_timeoutPasses_isLockedAndToldOnce() {
    try (EmbeddedStore store = open(file)) {
      List<Long> pauses = new ArrayList<>();
      assertRefused(Reason.LOCKED, file, () -> openWaiting(pauses::add));
      assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isEqualTo(2_000);
      assertThat(told).hasSize(1);
      assertThat(has(store, 1)).isFalse();
    }
  }

  @Test
  void open_interruptedWhileWaiting_endsWithTheInterruptSet() {
    try (EmbeddedStore store = open(file)) {
      Thread.currentThread().interrupt();
      assertRefused(Reason.INTERRUPTED, file, () -> openWaiting(Thread::sleep));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(has(store, 1)).isFalse();
    }
  }

  @Test
  void commit_interruptIsPending_isAppliedWithTheInterruptSet() {
    try (EmbeddedStore store = open(file)) {
      Thread.currentThread().interrupt();
      assertThat(commit(store, persist(1))).isEqualTo(APPLIED);
      assertThat(has(store, 1)).isTrue();
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
