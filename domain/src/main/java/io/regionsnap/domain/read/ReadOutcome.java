package io.regionsnap.domain.read;

import io.regionsnap.domain.Snapshot;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of reading one snapshot. */
public sealed interface ReadOutcome {

  /**
   * The snapshot that was asked for.
   *
   * @param snapshot as it was persisted, byte for byte
   */
  record Found(Snapshot snapshot) implements ReadOutcome {}

  /** There is none. */
  record None() implements ReadOutcome {}

  /**
   * The stored keys contradict each other: something else than regionsnap wrote, deleted or evicted
   * them.
   *
   * @param problem what is wrong, in one sentence
   * @param fallback the newest readable snapshot in place of the one that was asked for; empty if
   *     there is none
   */
  record Drifted(String problem, Optional<Snapshot> fallback) implements ReadOutcome {}

  /**
   * The store could not be read; whether there is one is not known.
   *
   * @param message what went wrong
   */
  record Unreadable(String message) implements ReadOutcome {}

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param found for {@link Found}
   * @param none for {@link None}
   * @param drifted for {@link Drifted}
   * @param unreadable for {@link Unreadable}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super Found, ? extends R> found,
      Supplier<? extends R> none,
      Function<? super Drifted, ? extends R> drifted,
      Function<? super Unreadable, ? extends R> unreadable) {
    if (this instanceof Found outcome) {
      return found.apply(outcome);
    } else if (this instanceof Drifted outcome) {
      return drifted.apply(outcome);
    } else if (this instanceof Unreadable outcome) {
      return unreadable.apply(outcome);
    } else {
      return none.get();
    }
  }
}
