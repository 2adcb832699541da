package io.regionsnap.proof.history;

import io.regionsnap.domain.Snapshot;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One step of a history. */
public sealed interface Step {

  /**
   * Writers persist at once, a batch each, while something goes wrong, and afterwards what they do
   * not know about is persisted again.
   *
   * @param batches what each writer persists
   * @param trouble what goes wrong meanwhile; empty for nothing
   * @param retried whether what is unknown or was not possible is persisted again at once
   */
  record Persist(List<List<Draft>> batches, Optional<Trouble> trouble, boolean retried)
      implements Step {
    /** Copies the lists. */
    public Persist {
      batches = batches.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Something else puts a provisional value under a region's live key.
   *
   * @param region the name of the region
   */
  record PutLive(String region) implements Step {}

  /** Requests that were kept back arrive. */
  record DeliverLate() implements Step {}

  /**
   * Something goes wrong while nobody writes.
   *
   * @param trouble what
   */
  record Idle(Trouble trouble) implements Step {}

  /**
   * A fault.
   *
   * @param kind a number that stands for its class: each store has other classes
   * @param where a number that stands for the place or the moment
   */
  record Trouble(int kind, int where) {
    /** The class, of those that a store has. */
    Fault of(List<Fault> faults) {
      return faults.get(kind % faults.size());
    }
  }

  /**
   * A snapshot.
   *
   * @param region the name of its region
   * @param id its id
   * @param offset from the instant in which the history began to its {@code generated_at}
   * @param reason its trigger reason
   * @param content tells apart documents that agree in everything else
   */
  record Draft(String region, String id, Duration offset, String reason, String content) {
    /**
     * The id of documents that are as long as real ones, so that stores do with them what they do.
     */
    static final String LONG = "id-long";

    private static final int LONG_BYTES = 9_000;

    /** The snapshot of an instant. */
    Snapshot at(long generatedAtMillis) {
      String text = id.equals(LONG) ? content.repeat(LONG_BYTES) : content;
      return SnapshotDocuments.snapshot(region, id, generatedAtMillis, reason, text);
    }
  }
}
