package io.regionsnap.adapters.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.RegionInvariants;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.ports.Key;
import io.regionsnap.testkit.SnapshotDocuments;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process, with SIGKILL, at random moments. After each kill the file must open,
 * keep the invariants, and hold everything that the process said was persisted.
 *
 * <p>{@code -Dregionsnap.kills=N} kills N times instead of 100; {@code -Dregionsnap.kills.seed=N}
 * repeats the moments of a run as far as they can be repeated (the seed is printed).
 */
class KillTest {
  /** A file is killed this often before the next one is begun. */
  private static final int KILLS_PER_FILE = 10;

  /** More than a process gets to write before it is killed. */
  private static final int SNAPSHOTS_PER_PROCESS = 700;

  private static final Policy POLICY = Policy.DEFAULT;
  private static final KeyLayout LAYOUT = KeyLayout.TAGGED;

  private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) \\d*");

  private record Reported(Region region, SnapshotId id) {}

  @TempDir
  Path folder = Path.of("replaced");

  private final List<Reported> reported = new ArrayList<>();

  @Test
  void kill_atAnyMoment_losesNothingThatWasReportedAndLeavesNothingPartial() throws Exception {
    int kills = Integer.getInteger("regionsnap.kills", 100);
    long seed = Long.getLong("regionsnap.kills.seed", System.nanoTime());
    Random random = new Random(seed);
    int persisted = 0;
    Path file = folder.resolve("store-0");
    for (int kill = 0; kill < kills; kill++) {
      if (kill % KILLS_PER_FILE == 0) {
        persisted += reported.size();
        reported.clear();
        Files.deleteIfExists(file);
        file = folder.resolve("store-" + kill);
      }
      writeAndKill(file, kill % KILLS_PER_FILE * SNAPSHOTS_PER_PROCESS, random);
      check(file, "kill " + kill + " of seed " + seed);
    }
    persisted += reported.size();
    System.out.printf(
        "Killed %d processes (seed %d); %d snapshots were reported persisted, all are there.%n",
        kills, seed, persisted);
    assertThat(persisted).isGreaterThan(kills);
  }

  /**
   * Reads a random number of lines, lets a random moment pass, kills, reads what was still said.
   */
  private void writeAndKill(Path file, int firstSnapshot, Random random)
      throws IOException, InterruptedException {
    Process writer = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            file.toString(),
            Integer.toString(firstSnapshot))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader output = writer.inputReader(StandardCharsets.UTF_8)) {
      // One kill in ten falls into the opening of the file, the others into the writing.
      int linesBeforeKill = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(60);
      long nanosBeforeKill = random.nextInt(linesBeforeKill == 0 ? 400_000_000 : 4_000_000);
      for (int i = 0; i < linesBeforeKill; i++) {
        String line = output.readLine();
        assertThat(line).as("the writer goes on until it is killed").isNotNull();
        note(line);
      }
      spin(nanosBeforeKill);
      // Through the handle: Process.destroyForcibly would also close the output that is still to be
      // read.
      assertThat(writer.toHandle().destroyForcibly()).isTrue();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        note(line);
      }
    }
    assertThat(writer.waitFor()).as("ended by SIGKILL").isEqualTo(128 + 9);
  }

  /** The moment of the kill is what is random here; nothing waits for anything. */
  private static void spin(long nanos) {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  /** Leaves out {@code open}, and a last line that the kill cut off before the id had ended. */
  private void note(String line) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.matches()) {
      reported.add(new Reported(new Region(matcher.group(1)), new SnapshotId(matcher.group(2))));
    }
  }

  private void check(Path file, String when) {
    InstantSource clock = InstantSource.system();
    try (EmbeddedStore store = EmbeddedStore.open(file, Options.readWrite(), clock)) {
      Map<Key, ObservedKey> keys = PlaceRawKeys.of(store, clock).readAll();
      RegionInvariants invariants = new RegionInvariants(LAYOUT, POLICY, SnapshotDocuments.PARSER);
      for (String region : CrashingWriter.REGIONS) {
        RegionState state = RegionState.of(
            new Region(region), LAYOUT, SnapshotDocuments.PARSER, keys, clock.millis());
        assertThat(invariants.violations(state)).as(when).isEmpty();
      }
      ReadSnapshots read =
          new ReadSnapshots(store, LAYOUT, POLICY, SnapshotDocuments.PARSER, clock);
      for (Reported snapshot : reported) {
        assertThat(read.byId(snapshot.region(), snapshot.id()))
            .as("%s: %s", when, snapshot)
            .isInstanceOf(ReadOutcome.Found.class);
      }
    }
  }
}
