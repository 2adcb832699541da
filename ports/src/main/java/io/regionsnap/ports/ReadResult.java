package io.regionsnap.ports;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The answer to one {@link Query}. That something is absent and that it could not be read are
 * different answers.
 *
 * @param <T> what is read
 */
public sealed interface ReadResult<T> {

  /**
   * It was read.
   *
   * @param value what it is
   * @param <T> what is read
   */
  record Found<T>(T value) implements ReadResult<T> {}

  /**
   * The key does not exist.
   *
   * @param <T> what was asked for
   */
  record Absent<T>() implements ReadResult<T> {}

  /**
   * A key holds another kind than the query needs.
   *
   * @param key which one
   * @param found what it holds
   * @param <T> what was asked for
   */
  record WrongKind<T>(Key key, Kind found) implements ReadResult<T> {}

  /**
   * It could not be read; whether it exists is not known.
   *
   * @param message what went wrong; carries no secret and no payload
   * @param <T> what was asked for
   */
  record Unreadable<T>(String message) implements ReadResult<T> {}

  /**
   * Calls the function of the case that this result is.
   *
   * @param found for {@link Found}
   * @param absent for {@link Absent}
   * @param wrongKind for {@link WrongKind}
   * @param unreadable for {@link Unreadable}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super T, ? extends R> found,
      Supplier<? extends R> absent,
      Function<? super WrongKind<T>, ? extends R> wrongKind,
      Function<? super Unreadable<T>, ? extends R> unreadable) {
    if (this instanceof Found<T> result) {
      return found.apply(result.value());
    } else if (this instanceof WrongKind<T> result) {
      return wrongKind.apply(result);
    } else if (this instanceof Unreadable<T> result) {
      return unreadable.apply(result);
    } else {
      return absent.get();
    }
  }
}
