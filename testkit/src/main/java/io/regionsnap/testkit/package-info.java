/**
 * What tests of stores need: the contract that every store must pass, and its instruments.
 *
 * <p>An adapter joins with one class for each part of the contract: {@code CommitContract},
 * {@code GuardContract}, {@code WriteContract}, {@code ReadContract}, {@code ScanContract},
 * {@code ExpiryContract} and {@code ConcurrencyContract}; or with all of them at once by nesting
 * them in one class, as {@link io.regionsnap.testkit.TransactionalStoreContract} does. It gives a
 * {@link io.regionsnap.testkit.StoreFixture}: a fresh store, {@link io.regionsnap.testkit.RawKeys}
 * to look behind its back and, if the store's clock can be set, a
 * {@link io.regionsnap.testkit.MutableClock}.
 */
@NullMarked
package io.regionsnap.testkit;

import org.jspecify.annotations.NullMarked;
