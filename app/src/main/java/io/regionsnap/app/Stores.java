package io.regionsnap.app;

import io.regionsnap.adapters.inmemory.EmbeddedStoreException;
import io.regionsnap.app.store.StoreChoice;
import io.regionsnap.app.store.StoreOpener;
import io.regionsnap.app.store.UnusableStoreException;
import io.regionsnap.ports.TransactionalStore;
import java.util.function.Function;
import javax.inject.Inject;

/** Opens the store that the user chose, works on it, and closes it whatever happens. */
final class Stores {
  private final GlobalOptions options;
  private final Surroundings surroundings;
  private final Console console;
  private final UseCases.Factory useCases;

  @Inject
  Stores(
      GlobalOptions options,
      Surroundings surroundings,
      Console console,
      UseCases.Factory useCases) {
    this.options = options;
    this.surroundings = surroundings;
    this.console = console;
    this.useCases = useCases;
  }

  /** Works on the store without changing it; one that does not exist is as good as empty. */
  int reading(Function<UseCases, ExitCode> work) {
    return on((opener, choice) -> opener.toRead(choice), work);
  }

  /** Works on the store, which is made if it does not exist. */
  int writing(Function<UseCases, ExitCode> work) {
    return on((opener, choice) -> opener.toWrite(choice), work);
  }

  /**
   * Works on the store, to find out what it is like. Where there is none, nothing is made that
   * stays.
   *
   * @param refused what to make of a file that cannot be opened
   */
  int diagnosing(
      Function<UseCases, ExitCode> work, Function<EmbeddedStoreException, ExitCode> refused) {
    try {
      return on((opener, choice) -> opener.toDiagnose(choice), work);
    } catch (CommandFailure e) {
      if (e.getCause() instanceof EmbeddedStoreException cause
          && e.exitCode() == ExitCode.FAILURE) {
        return refused.apply(cause).number();
      }
      throw e;
    }
  }

  private int on(Opening opening, Function<UseCases, ExitCode> work) {
    StoreChoice choice = options.storeChoice(surroundings.environment());
    StoreOpener opener = new StoreOpener(
        surroundings.clock(),
        options.lockTimeout(),
        () -> options.servers.servers(surroundings.environment(), console::say),
        console::say);
    try (TransactionalStore store =
        surroundings.interruption().whileWaiting(() -> opening.open(opener, choice))) {
      ExitCode exitCode = work.apply(useCases.create(store, options.layout()));
      console.flush();
      return exitCode.number();
    } catch (EmbeddedStoreException e) {
      throw notOpened(e);
    } catch (UnusableStoreException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted", e);
    }
  }

  private static CommandFailure notOpened(EmbeddedStoreException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case INTERRUPTED -> new CommandFailure(ExitCode.INTERRUPTED, message, e);
      case LOCKED ->
        new CommandFailure(ExitCode.FAILURE, message + " A longer --lock-timeout waits longer.", e);
      default -> new CommandFailure(ExitCode.FAILURE, message, e);
    };
  }

  /** A way to open a store. */
  private interface Opening {
    TransactionalStore open(StoreOpener opener, StoreChoice choice);
  }
}
