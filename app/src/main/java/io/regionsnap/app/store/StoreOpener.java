package io.regionsnap.app.store;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import io.regionsnap.adapters.inmemory.EmbeddedStoreException;
import io.regionsnap.adapters.inmemory.InMemoryStore;
import io.regionsnap.ports.TransactionalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Opens stores. Says which one it is, and when it has to wait for it.
 *
 * @param clock the clock by which keys expire
 * @param lockTimeout how long to wait for a file that is in use
 * @param notes takes one line at a time
 */
public record StoreOpener(InstantSource clock, Duration lockTimeout, Consumer<String> notes) {

  /**
   * Opens a store to write, and makes it if it does not exist.
   *
   * @param choice which one
   * @return the store, to be closed
   * @throws EmbeddedStoreException if it cannot be opened
   */
  public TransactionalStore toWrite(StoreChoice choice) {
    if (!(choice instanceof StoreChoice.Embedded embedded)) {
      return memory();
    }
    TransactionalStore store = open(embedded.file(), EmbeddedStore.Options.readWrite());
    notes.accept("store: %s (embedded)".formatted(embedded.file()));
    return store;
  }

  /**
   * Opens a store to read. Where there is none, nothing is made, and it is as if it were empty.
   *
   * @param choice which one
   * @return the store, to be closed
   * @throws EmbeddedStoreException if it cannot be opened
   */
  public TransactionalStore toRead(StoreChoice choice) {
    if (!(choice instanceof StoreChoice.Embedded embedded)) {
      return memory();
    }
    try {
      TransactionalStore store = open(embedded.file(), EmbeddedStore.Options.toRead());
      notes.accept("store: %s (embedded, to read)".formatted(embedded.file()));
      return store;
    } catch (EmbeddedStoreException e) {
      if (e.reason() != EmbeddedStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      notes.accept("store: %s (embedded, nothing stored yet)".formatted(embedded.file()));
      return new InMemoryStore(clock);
    }
  }

  private TransactionalStore memory() {
    notes.accept("store: memory (gone when this run ends)");
    return new InMemoryStore(clock);
  }

  private TransactionalStore open(Path file, EmbeddedStore.Options options) {
    return EmbeddedStore.open(
        file,
        options.waitingFor(
            lockTimeout,
            busy -> notes.accept("store: %s is in use; waiting up to %d s"
                .formatted(busy, lockTimeout.toSeconds()))),
        clock);
  }
}
