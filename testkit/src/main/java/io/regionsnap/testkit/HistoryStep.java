package io.regionsnap.testkit;

import java.time.Duration;
import java.util.List;

/** One step of a history that is played on a store. */
public sealed interface HistoryStep {

  /**
   * Persists a batch.
   *
   * @param drafts the snapshots
   */
  record Persist(List<Draft> drafts) implements HistoryStep {
    /** Copies the list. */
    public Persist {
      drafts = List.copyOf(drafts);
    }
  }

  /**
   * Time passes, for the store and for the writer.
   *
   * @param duration how much
   */
  record Advance(Duration duration) implements HistoryStep {}

  /**
   * The writer's clock is set.
   *
   * @param ahead how far ahead of the store's it is from now on; negative if behind
   */
  record SetWriterClock(Duration ahead) implements HistoryStep {}

  /**
   * Something else puts a provisional value under a region's live key.
   *
   * @param region the name of the region
   */
  record PutLive(String region) implements HistoryStep {}

  /** The store is closed and opened again, if it is of a kind that survives that. */
  record Reopen() implements HistoryStep {}

  /**
   * A snapshot, dated relative to the writer's clock of the moment in which it is persisted.
   *
   * @param region the name of its region
   * @param id its id
   * @param offset from the writer's clock to its {@code generated_at}
   * @param reason its trigger reason
   * @param content tells apart documents that agree in everything else
   */
  record Draft(String region, String id, Duration offset, String reason, String content) {}
}
