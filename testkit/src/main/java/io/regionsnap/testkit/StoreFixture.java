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
 */
public record StoreFixture(TransactionalStore store, RawKeys raw, Optional<MutableClock> clock) {}
