package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.testkit.SnapshotDocuments;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that persists snapshots until it is killed, and says which ones it was told are
 * persisted: one line each, {@code REGION ID GENERATED_AT}, after {@code open}.
 */
final class CrashingWriter {
  static final List<String> REGIONS = List.of("mena", "europe", "global");

  /** Each snapshot has a bucket of its own. */
  private static final long STEP_MILLIS = 900_000;

  private CrashingWriter() {}

  /** Arguments: the file, the number of the first snapshot. */
  public static void main(String[] arguments) {
    long start = InstantSource.system().millis() / STEP_MILLIS * STEP_MILLIS - 85L * 86_400_000;
    try (EmbeddedStore store =
        EmbeddedStore.open(Path.of(arguments[0]), Options.readWrite(), InstantSource.system())) {
      PersistSnapshots persist = new PersistSnapshots(
          store,
          KeyLayout.TAGGED,
          Policy.DEFAULT,
          SnapshotDocuments.PARSER,
          RetryPolicy.DEFAULT,
          InstantSource.system(),
          Pause.REAL);
      System.out.println("open");
      for (int i = Integer.parseInt(arguments[1]); ; i++) {
        report(persist, snapshots(i, start + i * STEP_MILLIS));
      }
    }
  }

  /** One snapshot for one to three of the regions, of a size that changes. */
  private static List<Snapshot> snapshots(int number, long generatedAtMillis) {
    List<Snapshot> snapshots = new ArrayList<>();
    for (String region : REGIONS.subList(0, 1 + number % REGIONS.size())) {
      snapshots.add(SnapshotDocuments.snapshot(
          region,
          region + "-" + number,
          generatedAtMillis,
          "scheduled_6h",
          "x".repeat(number * 7919 % 20_000)));
    }
    return snapshots;
  }

  private static void report(PersistSnapshots persist, List<Snapshot> snapshots) {
    List<PersistOutcome> outcomes = persist.persist(snapshots);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < snapshots.size(); i++) {
      if (!(outcomes.get(i) instanceof PersistOutcome.Persisted)) {
        throw new IllegalStateException(snapshots.get(i) + ": " + outcomes.get(i));
      }
      Snapshot snapshot = snapshots.get(i);
      lines.append(snapshot.region()).append(' ').append(snapshot.id()).append(' ');
      lines.append(snapshot.generatedAtMillis()).append('\n');
    }
    System.out.print(lines);
    System.out.flush();
  }
}
