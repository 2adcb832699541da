package io.regionsnap.proof.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server's log cut off inside its last transaction: at every byte with {@code -Pdeep}, else
 * around the beginning of every command and at every so many bytes. The server comes back without
 * the snapshot or with all of it; the next try makes it whole, and it stays so when the server is
 * started once more.
 */
class LogTailTest {
  private static final int STRIDE = Boolean.getBoolean("proof.deep") ? 1 : 43;
  private static final Judge JUDGE = new Judge(KeyLayout.TAGGED, List.of("mena"));

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void logCutOff_retryMakesItWhole(CommitMode mode) throws IOException {
    Tally tally = Ledger.of(RedisBench.name(mode));
    Writer writer = new Writer(KeyLayout.TAGGED, tally);
    long now = System.currentTimeMillis();
    Snapshot older =
        SnapshotDocuments.snapshot("mena", "older", now - 3_600_000, "scheduled_6h", "older");
    Snapshot newer = SnapshotDocuments.snapshot("mena", "newer", now, "scheduled_6h", "newer");
    try (RedisBench bench = RedisBench.start("--appendonly", "yes", "--appendfsync", "always");
        TransactionalStore store = bench.open(mode, Duration.ofSeconds(2))) {
      writer.persist(store, Writer.PATIENTLY, older);
      Path log = log(bench);
      int from = (int) Files.size(log);
      assertThat(writer.persist(store, Writer.PATIENTLY, newer))
          .isEqualTo(new PersistOutcome.Persisted());
      byte[] whole = Files.readAllBytes(log);
      for (int offset : offsets(whole, from)) {
        bench.server().kill();
        Files.write(log, Arrays.copyOf(whole, offset));
        bench.restart();
        tally.struck(Fault.LOG_TRUNCATED);
        tally.count(Figure.CRASHES);
        tally.count(Figure.HISTORIES);
        tally.judging(() -> {
          int traces = judge(bench, newer, "cut off at " + offset);
          assertThat(traces).as("cut off at %d", offset).isIn(0, 3);
          writer.persist(store, Writer.PATIENTLY, newer);
          assertThat(judge(bench, newer, "after the retry")).isEqualTo(3);
          bench.restart();
          assertThat(judge(bench, newer, "after another start")).isEqualTo(3);
        });
      }
    }
  }

  private static int judge(RedisBench bench, Snapshot snapshot, String when) {
    Map<Key, ObservedKey> keys = bench.keys();
    assertThat(JUDGE.violations(JUDGE.states(keys))).as(when).isEmpty();
    return JUDGE.traces(snapshot, keys);
  }

  private static Path log(RedisBench bench) throws IOException {
    try (Stream<Path> files = Files.list(bench.server().folder().resolve("appendonlydir"))) {
      return files
          .filter(file -> file.toString().endsWith(".incr.aof"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static NavigableSet<Integer> offsets(byte[] log, int from) {
    String text = new String(log, StandardCharsets.ISO_8859_1);
    NavigableSet<Integer> offsets = new TreeSet<>();
    IntStream.iterate(from, at -> at < log.length, at -> at + STRIDE).forEach(offsets::add);
    for (int at = text.indexOf("\r\n*", from); at >= 0; at = text.indexOf("\r\n*", at + 1)) {
      offsets.addAll(List.of(at + 1, at + 2, at + 3));
    }
    offsets.add(log.length - 1);
    return offsets;
  }
}
