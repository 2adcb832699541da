package io.regionsnap.proof.redis;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import java.time.Duration;
import java.util.Map;

/** A server, a breakable way to it for the store, and a way past that for the observer. */
public interface Bench extends AutoCloseable {

  /**
   * The name of the store in the summary.
   *
   * @param mode how it commits
   * @return its name and its mode
   */
  String nameOf(CommitMode mode);

  /**
   * Opens a store over the breakable way.
   *
   * @param mode how it commits
   * @param timeout how long it waits for connections and for answers
   * @return the store; to be closed
   */
  TransactionalStore open(CommitMode mode, Duration timeout);

  /**
   * The breakable way.
   *
   * @return the way
   */
  Wire wire();

  /**
   * All keys, in one instant.
   *
   * @return a copy
   */
  Map<Key, ObservedKey> keys();

  /** Deletes all keys. */
  void clear();

  /**
   * Remembers all keys as they are.
   *
   * @return puts them back in place of whatever is there then
   */
  Runnable keep();

  /** Waits until everything has taken effect that was sent on connections since cut. */
  void settle();

  @Override
  void close();
}
