package io.regionsnap.adapters.inmemory;

import io.regionsnap.testkit.MutableClock;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.TransactionalStoreContract;
import java.time.Instant;
import java.util.Optional;

/** The contract on the reference store. */
final class InMemoryStoreTest extends TransactionalStoreContract {
  @Override
  protected StoreFixture createFixture() {
    MutableClock clock = new MutableClock(Instant.parse("2026-08-18T12:00:00Z"));
    InMemoryStore store = new InMemoryStore(clock);
    return new StoreFixture(store, PlaceRawKeys.of(store, clock), Optional.of(clock));
  }
}
