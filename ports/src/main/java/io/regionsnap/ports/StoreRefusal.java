package io.regionsnap.ports;

import java.util.function.Function;

/** Why a store did not apply a transaction. Whatever the reason, nothing was changed. */
public sealed interface StoreRefusal {

  /**
   * A key that the transaction names holds another kind than the transaction needs.
   *
   * @param key the key
   * @param found what it holds
   */
  record WrongKind(Key key, Kind found) implements StoreRefusal {}

  /**
   * The store cannot do it now and may later: it cannot be reached, is loading, is busy, is failing
   * over.
   *
   * @param message what the store or the connection said; carries no secret and no payload
   */
  record Unavailable(String message) implements StoreRefusal {}

  /**
   * The store will not do it however often it is asked: no permission, out of memory, over a limit.
   *
   * @param message what the store said; carries no secret and no payload
   */
  record Rejected(String message) implements StoreRefusal {}

  /**
   * Calls the function of the case that this refusal is.
   *
   * @param wrongKind for {@link WrongKind}
   * @param unavailable for {@link Unavailable}
   * @param rejected for {@link Rejected}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super WrongKind, ? extends R> wrongKind,
      Function<? super Unavailable, ? extends R> unavailable,
      Function<? super Rejected, ? extends R> rejected) {
    if (this instanceof WrongKind refusal) {
      return wrongKind.apply(refusal);
    } else if (this instanceof Unavailable refusal) {
      return unavailable.apply(refusal);
    } else {
      return rejected.apply((Rejected) this);
    }
  }
}
