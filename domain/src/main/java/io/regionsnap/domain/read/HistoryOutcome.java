package io.regionsnap.domain.read;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What became of reading a page of history. */
public sealed interface HistoryOutcome {

  /**
   * A page.
   *
   * @param snapshots newest first; may be empty
   * @param problems what in this page of the index names no snapshot, one sentence each; empty on
   *     whole data
   * @param next the next page; empty if this is the last. Snapshots that are persisted between two
   *     pages neither repeat nor hide others
   */
  record Page(List<SnapshotRef> snapshots, List<String> problems, Optional<HistoryQuery> next)
      implements HistoryOutcome {
    /** Copies the lists. */
    public Page {
      snapshots = List.copyOf(snapshots);
      problems = List.copyOf(problems);
    }
  }

  /**
   * The index is no index.
   *
   * @param problem what is wrong, in one sentence
   */
  record Drifted(String problem) implements HistoryOutcome {}

  /**
   * The store could not be read.
   *
   * @param message what went wrong
   */
  record Unreadable(String message) implements HistoryOutcome {}

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param page for {@link Page}
   * @param drifted for {@link Drifted}
   * @param unreadable for {@link Unreadable}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super Page, ? extends R> page,
      Function<? super Drifted, ? extends R> drifted,
      Function<? super Unreadable, ? extends R> unreadable) {
    if (this instanceof Page outcome) {
      return page.apply(outcome);
    } else if (this instanceof Drifted outcome) {
      return drifted.apply(outcome);
    } else {
      return unreadable.apply((Unreadable) this);
    }
  }
}
