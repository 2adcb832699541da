package io.regionsnap.ports;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What became of one transaction. {@link InDoubt} leaves it open; {@link Torn} is what a store that
 * keeps its promise never gives; after each of the others the caller knows.
 */
public sealed interface CommitResult {

  /** Every guard held and every write happened. */
  record Applied() implements CommitResult {}

  /**
   * A guard did not hold; nothing was changed.
   *
   * @param guardIndex which one: its place in {@link Transaction#guards()}
   * @param observed what was seen instead
   */
  record GuardFailed(int guardIndex, Observation observed) implements CommitResult {}

  /**
   * The store refused; nothing was changed.
   *
   * @param reason why
   */
  record NotApplied(StoreRefusal reason) implements CommitResult {}

  /**
   * The transaction was sent and its answer was lost or could not be read: it was applied wholly,
   * or was not, or still will be.
   *
   * @param message what went wrong; carries no secret and no payload
   */
  record InDoubt(String message) implements CommitResult {}

  /**
   * The server failed in the middle: some writes were made and others were not. Only a server that
   * undoes nothing, and that was changed by others or misled about permissions, lets this happen.
   *
   * @param keys those that were written, or that may have been where that is not known; in the
   *     order of the writes
   * @param message what went wrong; carries no secret and no payload
   */
  record Torn(List<Key> keys, String message) implements CommitResult {
    /** Copies the list. */
    public Torn {
      keys = List.copyOf(keys);
    }
  }

  /**
   * Calls the function of the case that this result is.
   *
   * @param applied for {@link Applied}
   * @param guardFailed for {@link GuardFailed}
   * @param notApplied for {@link NotApplied}
   * @param inDoubt for {@link InDoubt}
   * @param torn for {@link Torn}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Supplier<? extends R> applied,
      Function<? super GuardFailed, ? extends R> guardFailed,
      Function<? super NotApplied, ? extends R> notApplied,
      Function<? super InDoubt, ? extends R> inDoubt,
      Function<? super Torn, ? extends R> torn) {
    if (this instanceof GuardFailed result) {
      return guardFailed.apply(result);
    } else if (this instanceof NotApplied result) {
      return notApplied.apply(result);
    } else if (this instanceof InDoubt result) {
      return inDoubt.apply(result);
    } else if (this instanceof Torn result) {
      return torn.apply(result);
    } else {
      return applied.get();
    }
  }
}
