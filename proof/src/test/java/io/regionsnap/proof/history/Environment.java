package io.regionsnap.proof.history;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.testkit.RawKeys;
import java.util.List;
import java.util.Map;

/** A store with everything that can go wrong with it, for histories to be played in. */
public interface Environment extends AutoCloseable {

  /**
   * Its name in the summary.
   *
   * @return the store and its mode
   */
  String name();

  /**
   * Its figures.
   *
   * @return where to count
   */
  Tally tally();

  /** Deletes everything, and forgets what was kept back. */
  void clear();

  /**
   * The store as it is now.
   *
   * @return the store
   */
  TransactionalStore store();

  /**
   * Everything that exists, in one instant, also while others write. Used by one thread at a time.
   *
   * @return a copy
   */
  Map<Key, ObservedKey> keys();

  /**
   * Whether {@link #keys} works while others write and nothing is wrong.
   *
   * @return whether a reader may look during a step
   */
  default boolean readsMeanwhile() {
    return true;
  }

  /**
   * A tamperer with the keys, while nobody writes.
   *
   * @return the tamperer
   */
  RawKeys raw();

  /**
   * The classes of faults that can strike here.
   *
   * @return one or more
   */
  List<Fault> faults();

  /**
   * Begins a fault.
   *
   * @param fault one of {@link #faults}
   * @param where a number that stands for the place or the moment
   * @return the fault, to be ended
   */
  Strike strike(Fault fault, int where);

  /** Lets everything arrive that was kept back, and waits until it has. */
  void deliverLate();

  @Override
  void close();

  /** A fault that has begun. */
  interface Strike {
    /**
     * Ends the fault: everything works again, and what was under way has come to its end, except
     * what is kept back.
     *
     * @return how often it has really struck; 0 if it has not
     */
    long end();

    /**
     * Whether the observer can look while the fault lasts.
     *
     * @return whether it can
     */
    default boolean blindsObserver() {
      return true;
    }
  }
}
