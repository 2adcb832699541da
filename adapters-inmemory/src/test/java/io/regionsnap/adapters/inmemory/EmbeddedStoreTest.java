package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.testkit.MutableClock;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.TransactionalStoreContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a file. */
final class EmbeddedStoreTest extends TransactionalStoreContract {
  @TempDir
  Path folder = Path.of("replaced");

  @Override
  protected StoreFixture createFixture() {
    MutableClock clock = new MutableClock(Instant.parse("2026-08-18T12:00:00Z"));
    EmbeddedStore store = EmbeddedStore.open(folder.resolve("store"), Options.readWrite(), clock);
    return new StoreFixture(store, PlaceRawKeys.of(store, clock), Optional.of(clock));
  }
}
