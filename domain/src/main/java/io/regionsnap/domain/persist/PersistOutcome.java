package io.regionsnap.domain.persist;

import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.ports.Key;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of one snapshot. */
public sealed interface PersistOutcome {

  /** All of it was stored, by this call. */
  record Persisted() implements PersistOutcome {}

  /** All of it was there already, with the same bytes: an earlier try had succeeded. */
  record AlreadyPersisted() implements PersistOutcome {}

  /**
   * Not stored: another snapshot won its region, trigger reason and bucket, and is stored.
   *
   * @param winner the id of that snapshot
   */
  record Duplicate(SnapshotId winner) implements PersistOutcome {}

  /**
   * Not stored, nor any part of it.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements PersistOutcome {}

  /**
   * Stored wholly or not at all, and nobody knows which: an answer was lost, and so was every
   * answer since, until the deadline. Persisting the same snapshot again is safe and settles it.
   *
   * @param message what went wrong last
   */
  record Unknown(String message) implements PersistOutcome {}

  /**
   * Stored in part: the store broke its promise, and no try since is known to have completed the
   * snapshot. Persisting it again completes it, once nothing stands in the way.
   *
   * @param keys those that were written, or may have been
   * @param message what stood in the way last
   */
  record Torn(List<Key> keys, String message) implements PersistOutcome {
    /** Copies the list. */
    public Torn {
      keys = List.copyOf(keys);
    }
  }

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param persisted for {@link Persisted}
   * @param alreadyPersisted for {@link AlreadyPersisted}
   * @param duplicate for {@link Duplicate}
   * @param refused for {@link Refused}
   * @param unknown for {@link Unknown}
   * @param torn for {@link Torn}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Supplier<? extends R> persisted,
      Supplier<? extends R> alreadyPersisted,
      Function<? super Duplicate, ? extends R> duplicate,
      Function<? super Refused, ? extends R> refused,
      Function<? super Unknown, ? extends R> unknown,
      Function<? super Torn, ? extends R> torn) {
    if (this instanceof Persisted) {
      return persisted.get();
    } else if (this instanceof AlreadyPersisted) {
      return alreadyPersisted.get();
    } else if (this instanceof Duplicate outcome) {
      return duplicate.apply(outcome);
    } else if (this instanceof Refused outcome) {
      return refused.apply(outcome);
    } else if (this instanceof Unknown outcome) {
      return unknown.apply(outcome);
    } else {
      return torn.apply((Torn) this);
    }
  }
}
