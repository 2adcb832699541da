package io.regionsnap.ports;

import java.util.function.Function;
import java.util.function.Supplier;

/** What a store saw where a guard did not hold. */
public sealed interface Observation {

  /** Nothing where something was expected; or, for {@link Guard.NotAll}, that all of it holds. */
  record Nothing() implements Observation {}

  /**
   * A value.
   *
   * @param head its first bytes, at most {@value #MAX_HEAD_BYTES}: enough for an id, not for a body
   * @param size how many bytes it has in all
   */
  record Held(Value head, long size) implements Observation {
    /** The longest head, in bytes. */
    public static final int MAX_HEAD_BYTES = 256;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the head is too long, or longer than the value
     */
    public Held {
      if (head.size() > MAX_HEAD_BYTES || head.size() > size) {
        throw new IllegalArgumentException(head.size() + " bytes of " + size + " are no head");
      }
    }

    /**
     * The observation of a whole value.
     *
     * @param value what the key holds
     * @return its head and size
     */
    public static Held of(Value value) {
      int head = Math.min(value.size(), MAX_HEAD_BYTES);
      return new Held(
          head == value.size() ? value : Value.copyOf(value.asByteBuffer().limit(head)),
          value.size());
    }
  }

  /**
   * An entry of an index: the one in the way, or the top.
   *
   * @param entry the member and its score
   */
  record Entry(IndexEntry entry) implements Observation {}

  /**
   * The store's clock.
   *
   * @param millis epoch milliseconds
   */
  record Clock(long millis) implements Observation {}

  /**
   * Calls the function of the case that this observation is.
   *
   * @param nothing for {@link Nothing}
   * @param held for {@link Held}
   * @param entry for {@link Entry}
   * @param clock for {@link Clock}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Supplier<? extends R> nothing,
      Function<? super Held, ? extends R> held,
      Function<? super Entry, ? extends R> entry,
      Function<? super Clock, ? extends R> clock) {
    if (this instanceof Held seen) {
      return held.apply(seen);
    } else if (this instanceof Entry seen) {
      return entry.apply(seen);
    } else if (this instanceof Clock seen) {
      return clock.apply(seen);
    } else {
      return nothing.get();
    }
  }
}
