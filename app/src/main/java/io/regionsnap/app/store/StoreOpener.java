package io.regionsnap.app.store;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import io.regionsnap.adapters.inmemory.EmbeddedStoreException;
import io.regionsnap.adapters.inmemory.InMemoryStore;
import io.regionsnap.adapters.redis.RedisStore;
import io.regionsnap.adapters.upstash.UpstashStore;
import io.regionsnap.ports.TransactionalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Opens stores. Says which one it is, and when it has to wait for it.
 *
 * @param clock the clock by which keys expire
 * @param lockTimeout how long to wait for a file that is in use
 * @param servers how to use servers; asked for one only, since their libraries take long to load
 * @param notes takes one line at a time
 */
public record StoreOpener(
    InstantSource clock, Duration lockTimeout, Supplier<Servers> servers, Consumer<String> notes) {

  /**
   * Opens a store to write, and makes it if it does not exist.
   *
   * @param choice which one
   * @return the store, to be closed
   * @throws EmbeddedStoreException if it is a file and cannot be opened
   * @throws UnusableStoreException if its URL is not understood, or its token missing
   */
  public TransactionalStore toWrite(StoreChoice choice) {
    if (!(choice instanceof StoreChoice.Embedded embedded)) {
      return other(choice);
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
   * @throws EmbeddedStoreException if it is a file and cannot be opened
   * @throws UnusableStoreException if its URL is not understood, or its token missing
   */
  public TransactionalStore toRead(StoreChoice choice) {
    if (!(choice instanceof StoreChoice.Embedded embedded)) {
      return other(choice);
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

  /**
   * Opens a store to find out what it is like. Where there is none, a file that takes its place is
   * opened beside it, and deleted when it is closed.
   *
   * @param choice which one
   * @return the store, to be closed
   * @throws EmbeddedStoreException if it is a file and cannot be opened
   * @throws UnusableStoreException if its URL is not understood, or its token missing
   */
  public TransactionalStore toDiagnose(StoreChoice choice) {
    if (!(choice instanceof StoreChoice.Embedded embedded)) {
      return other(choice);
    }
    try {
      open(embedded.file(), EmbeddedStore.Options.toRead()).close();
    } catch (EmbeddedStoreException e) {
      if (e.reason() != EmbeddedStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      notes.accept("store: %s (embedded, nothing stored yet; tried on a file beside it)"
          .formatted(embedded.file()));
      return EmbeddedStore.openBeside(embedded.file(), clock);
    }
    return toWrite(choice);
  }

  /** What is no file is the same to write and to read. */
  private TransactionalStore other(StoreChoice choice) {
    try {
      if (choice instanceof StoreChoice.Redis server) {
        return named(RedisStore.open(server.url(), servers.get().redis()), server.label());
      } else if (choice instanceof StoreChoice.Upstash server) {
        return named(
            UpstashStore.open(
                server.uri(), servers.get().token().read(), servers.get().upstash()),
            server.label() + " (Upstash REST)");
      }
      return memory();
    } catch (IllegalArgumentException e) {
      throw new UnusableStoreException(String.valueOf(e.getMessage()));
    }
  }

  /** Connects to nothing yet: that is for the first call that needs it. */
  private TransactionalStore named(TransactionalStore server, String label) {
    notes.accept("store: %s".formatted(label));
    return server;
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
