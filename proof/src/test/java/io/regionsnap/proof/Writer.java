package io.regionsnap.proof;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Persists as the command line does, with other delays. Immutable and thread-safe. */
public final class Writer {
  /** One submission and no more. */
  public static final RetryPolicy ONCE =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);

  /** A handful of submissions. */
  public static final RetryPolicy BRIEFLY =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(8), Duration.ofMillis(20));

  /** Until it is settled, or something is very wrong. */
  public static final RetryPolicy PATIENTLY =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(50), Duration.ofSeconds(20));

  private final KeyLayout layout;
  private final Tally tally;
  private final InstantSource clock;

  /**
   * A writer whose clock is right.
   *
   * @param layout how keys are named
   * @param tally counts what it does
   */
  public Writer(KeyLayout layout, Tally tally) {
    this(layout, tally, InstantSource.system());
  }

  /**
   * A writer.
   *
   * @param layout how keys are named
   * @param tally counts what it does
   * @param clock what time it takes it to be
   */
  public Writer(KeyLayout layout, Tally tally, InstantSource clock) {
    this.layout = layout;
    this.tally = tally;
    this.clock = clock;
  }

  /**
   * What became of a call.
   *
   * @param outcomes one for each snapshot
   * @param inDoubt whether a commit was in doubt on the way
   */
  public record Call(List<PersistOutcome> outcomes, boolean inDoubt) {}

  /**
   * Persists snapshots.
   *
   * @param store where
   * @param retry how long to try
   * @param snapshots what
   * @return what became of them
   */
  public Call persist(TransactionalStore store, RetryPolicy retry, List<Snapshot> snapshots) {
    try (Counted counted = new Counted(store, tally)) {
      List<PersistOutcome> outcomes = new PersistSnapshots(
              counted,
              layout,
              Judge.POLICY,
              SnapshotDocuments.PARSER,
              retry,
              clock,
              duration -> Thread.sleep(duration.toMillis()))
          .persist(snapshots);
      return new Call(outcomes, counted.wasInDoubt());
    }
  }

  /**
   * Persists a snapshot.
   *
   * @param store where
   * @param retry how long to try
   * @param snapshot what
   * @return what became of it
   */
  public PersistOutcome persist(TransactionalStore store, RetryPolicy retry, Snapshot snapshot) {
    return persist(store, retry, List.of(snapshot)).outcomes().get(0);
  }
}
