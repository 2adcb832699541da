package io.regionsnap.proof.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line, killed with SIGKILL at random moments while it persists to Redis. */
class CliKillTest {
  private static final int KILLS = Integer.getInteger("proof.kills", 6) / 2;
  private static final int SNAPSHOTS = 5000;
  private static final long BUCKET_MILLIS = Judge.POLICY.bucket().toMillis();

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void killed_whatItReportedIsThereAndNothingIsHalf(CommitMode mode) throws Exception {
    Tally tally = Ledger.of(RedisBench.name(mode));
    Judge judge = new Judge(KeyLayout.TAGGED, List.of("mena"));
    Random random = new Random();
    List<Snapshot> snapshots = snapshots();
    try (RedisBench bench = RedisBench.start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        bench.clear();
        List<String> reported = persistAndKill(bench, mode, snapshots, random);
        tally.struck(Fault.WRITER_KILLED);
        tally.count(Figure.CRASHES);
        tally.judging(() -> {
          var keys = bench.keys();
          judge.requireWhole(keys);
          tally.count(Figure.OBSERVATIONS);
          assertThat(reported).isNotEmpty();
          for (String id : reported) {
            Snapshot snapshot = snapshots.get(Integer.parseInt(id.substring(3)));
            assertThat(judge.traces(snapshot, keys)).as(id).isEqualTo(3);
          }
        });
      }
    }
  }

  private static List<Snapshot> snapshots() {
    long begin = (System.currentTimeMillis() / BUCKET_MILLIS - SNAPSHOTS) * BUCKET_MILLIS;
    List<Snapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      snapshots.add(SnapshotDocuments.snapshot(
          "mena", "id-" + i, begin + i * BUCKET_MILLIS, "scheduled_6h", "x".repeat(i % 3 * 900)));
    }
    return snapshots;
  }

  private static List<String> persistAndKill(
      RedisBench bench, CommitMode mode, List<Snapshot> snapshots, Random random)
      throws IOException, InterruptedException {
    Process persist = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "io.regionsnap.app.Main",
            "persist",
            "--store",
            bench.server().url().toString(),
            "--commit",
            mode == CommitMode.SCRIPT ? "script" : "multi-exec",
            "-")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    Thread feeding = new Thread(() -> feed(persist.getOutputStream(), snapshots));
    feeding.start();
    List<String> reported = new ArrayList<>();
    try (BufferedReader output = persist.inputReader(StandardCharsets.UTF_8)) {
      int lines = 1 + random.nextInt(300);
      for (int i = 0; i < lines; i++) {
        note(output.readLine(), reported);
      }
      LockSupport.parkNanos(random.nextInt(4_000_000));
      assertThat(persist.toHandle().destroyForcibly()).isTrue();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        // The kill may have cut the last line off; what has no end is no report.
        if (output.ready()) {
          note(line, reported);
        }
      }
    }
    feeding.join();
    assertThat(persist.waitFor()).as("ended by SIGKILL").isEqualTo(128 + 9);
    return reported;
  }

  private static void note(String line, List<String> reported) {
    assertThat(line).startsWith("persisted  mena");
    reported.add(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static void feed(OutputStream input, List<Snapshot> snapshots) {
    try (input) {
      for (Snapshot snapshot : snapshots) {
        input.write((snapshot.body().asUtf8() + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
      }
    } catch (IOException e) {
      // The reader was killed.
    }
  }
}
