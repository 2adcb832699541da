package io.regionsnap.testkit;

import io.regionsnap.ports.TransactionalStore;
import java.util.Optional;

/**
 * A store to test, and who looks behind its back.
 *
 * @param store a store without keys; the contract closes it
 * @param raw its raw keys
 * @param clock the clock by which it expires keys; empty if nobody can set that, and tests that
 *     need it are skipped
 * @param textOnly whether it rejects values that are not valid UTF-8; it must still read them byte
 *     for byte where somebody else has stored them
 */
public record StoreFixture(
    TransactionalStore store, RawKeys raw, Optional<MutableClock> clock, boolean textOnly) {

  /**
   * A store that takes any bytes.
   *
   * @param store a store without keys; the contract closes it
   * @param raw its raw keys
   * @param clock the clock by which it expires keys, if that can be set
   */
  public StoreFixture(TransactionalStore store, RawKeys raw, Optional<MutableClock> clock) {
    this(store, raw, clock, false);
  }
}
