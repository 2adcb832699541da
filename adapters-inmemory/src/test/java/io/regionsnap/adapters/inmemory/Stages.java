package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.testkit.HistoryPlayer.Stage;
import io.regionsnap.testkit.RawKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Both stores, for histories to be played on. */
public final class Stages {
  private Stages() {}

  /** A stage that is to be closed. */
  public interface CloseableStage extends Stage, AutoCloseable {
    @Override
    void close();
  }

  /**
   * The store in memory.
   *
   * @param clock the store's clock
   * @return an empty store
   */
  public static CloseableStage inMemory(InstantSource clock) {
    InMemoryStore store = new InMemoryStore(clock);
    return new CloseableStage() {
      @Override
      public TransactionalStore store() {
        return store;
      }

      @Override
      public RawKeys rawKeys() {
        return PlaceRawKeys.of(store, clock);
      }

      @Override
      public void reopen() {
        // What is in memory does not survive that.
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  /**
   * The store in a file.
   *
   * @param file the file; made if it does not exist
   * @param clock the store's clock
   * @return the store
   */
  public static CloseableStage embedded(Path file, InstantSource clock) {
    return embedded(() -> EmbeddedStore.open(file, Options.readWrite(), clock), clock);
  }

  /**
   * The store in a file on a {@link FaultyDisk}.
   *
   * @param file the file; made if it does not exist
   * @param clock the store's clock
   * @return the store
   */
  public static CloseableStage embeddedOnFaultyDisk(Path file, InstantSource clock) {
    FaultyDisk.register();
    return embedded(
        () -> EmbeddedStore.open(
            Target.of(file, false, FaultyDisk.SCHEME),
            Options.readWrite(),
            clock,
            millis -> {},
            UnaryOperator.identity()),
        clock);
  }

  private static CloseableStage embedded(Supplier<EmbeddedStore> opening, InstantSource clock) {
    return new CloseableStage() {
      private EmbeddedStore store = opening.get();

      @Override
      public TransactionalStore store() {
        return store;
      }

      @Override
      public RawKeys rawKeys() {
        return PlaceRawKeys.of(store, clock);
      }

      @Override
      public void reopen() {
        store.close();
        store = opening.get();
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
