package io.regionsnap.testkit;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An observer of the raw keys of a store, and a tamperer with them, that does not go through the
 * store's own commits and reads. What it does is seen by the store at once.
 *
 * <p>Used by one thread, while nobody else uses the store.
 */
public interface RawKeys {

  /**
   * Everything that exists.
   *
   * @return a copy; keys that have expired are not in it
   */
  Map<Key, ObservedKey> readAll();

  /**
   * Puts a value, whatever was there.
   *
   * @param key the key
   * @param value the bytes
   * @param expiresAtMillis epoch milliseconds; empty for never
   */
  void putValue(Key key, Value value, OptionalLong expiresAtMillis);

  /**
   * Puts an index, whatever was there.
   *
   * @param key the key
   * @param entries one or more
   * @param expiresAtMillis epoch milliseconds; empty for never
   */
  void putIndex(Key key, Collection<IndexEntry> entries, OptionalLong expiresAtMillis);

  /**
   * Deletes a key, if it exists.
   *
   * @param key the key
   */
  void delete(Key key);

  /**
   * Whether the store can hold something that is neither a value nor an index. What needs it is
   * skipped where not.
   *
   * @return whether {@link #putOther} works
   */
  default boolean holdsOther() {
    return false;
  }

  /**
   * Puts something that is neither a value nor an index, whatever was there.
   *
   * @param key the key
   * @throws UnsupportedOperationException if the store cannot hold such a thing
   */
  default void putOther(Key key) {
    throw new UnsupportedOperationException("this store holds values and indexes only");
  }

  /**
   * The clock by which the store expires keys, where it goes on by itself and can be looked at. A
   * clock that can be set is in the {@link StoreFixture} instead.
   *
   * @return epoch milliseconds; empty if nobody can look at it
   */
  default OptionalLong clockMillis() {
    return OptionalLong.empty();
  }

  /**
   * Waits until keys that expire at an instant have expired, by {@link #clockMillis}.
   *
   * @param millis epoch milliseconds
   * @throws UnsupportedOperationException if nobody can look at the clock
   */
  default void awaitExpiry(long millis) {
    throw new UnsupportedOperationException("the clock of this store cannot be looked at");
  }
}
