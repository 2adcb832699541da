package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.EmbeddedStoreException.Reason;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A store in one file, which survives the end of the process, {@code kill -9} included.
 *
 * <p><b>Atomicity.</b> As {@link InMemoryStore}. A {@link #commit} call that applies anything is
 * one durable step: it is on disk ({@code fsync}) before a result is reported, and after a crash
 * all of the call is there or none of it.
 *
 * <p><b>Results.</b> {@link CommitResult.InDoubt} if writing the file failed: from the first
 * applied transaction of the call on, nothing is known. {@link StoreRefusal.Unavailable} and
 * {@link ReadResult.Unreadable} if the file fails otherwise; later calls try to open it again.
 * {@link StoreRefusal.Rejected} if the file is damaged or was opened to read only. A value is never
 * answered that is not the value that was put: records carry checksums.
 *
 * <p><b>Threads.</b> Any number at once; readers do not wait for each other. An interrupt in the
 * middle of a call closes the file, as Java has it; that call fails and the next opens it again.
 *
 * <p><b>One writer.</b> A file is open for writing by one store, or for reading by any number, of
 * this process and all others together.
 *
 * <p><b>Space.</b> What is replaced or expired is used again, a bounded part with each commit and
 * not before H2's retention time of 45 seconds. The file does not shrink below what it once needed
 * unless its end happens to become free.
 *
 * <p><b>Not promised.</b> That a disk that reports a failed {@code fsync}, or reports success and
 * lies, keeps what was written. If the newest part of a file is damaged, it is opened as it was
 * after an earlier commit. See {@code docs/decisions/0001-embedded-store-on-h2-mvstore.md}.
 */
public final class EmbeddedStore implements TransactionalStore, StoreDiagnostics {
  private static final long PAUSE_MILLIS = 25;

  private final Path path;
  private final Session session;
  private final InstantSource clock;
  private final boolean temporary;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * How to open a store.
   *
   * @param readOnly whether nothing is to be written; the file must exist then
   * @param lockTimeout how long to wait for a file that is in use; zero for not at all
   * @param waiting told the file, once, when waiting begins; called by the opening thread
   */
  public record Options(boolean readOnly, Duration lockTimeout, Consumer<Path> waiting) {
    /**
     * To read and write, without waiting.
     *
     * @return the options
     */
    public static Options readWrite() {
      return new Options(false, Duration.ZERO, path -> {});
    }

    /**
     * To read only, without waiting.
     *
     * @return the options
     */
    public static Options toRead() {
      return new Options(true, Duration.ZERO, path -> {});
    }

    /**
     * The same, but waiting for a file that is in use.
     *
     * @param timeout how long
     * @param listener told the file, once, when waiting begins
     * @return the options
     */
    public Options waitingFor(Duration timeout, Consumer<Path> listener) {
      return new Options(readOnly, timeout, listener);
    }
  }

  /** How to let a moment pass. */
  interface Pause {
    void pause(long millis) throws InterruptedException;
  }

  private EmbeddedStore(Path path, Session session, InstantSource clock, boolean temporary) {
    this.path = path;
    this.session = session;
    this.clock = clock;
    this.temporary = temporary;
  }

  /**
   * Opens a store, and makes it, with its folders, if it is to be written and there is none. A file
   * without bytes counts as none. Blocks for as long as the options allow. A file that cannot be
   * opened is left exactly as it was.
   *
   * @param file where the store is
   * @param options how to open it
   * @param clock the store's own clock, by which keys expire
   * @return the store; to be closed
   * @throws EmbeddedStoreException if it cannot be opened; its reason says why
   */
  public static EmbeddedStore open(Path file, Options options, InstantSource clock) {
    return open(
        Target.of(file, options.readOnly(), Target.DISK),
        options,
        clock,
        Thread::sleep,
        UnaryOperator.identity());
  }

  /**
   * Opens an empty store in a new file, which is deleted when it is closed: for finding out what a
   * store would be like that does not exist yet. Makes no folders; where some are missing, the file
   * is in the one that they would be made in.
   *
   * @param file where the other store would be
   * @param clock the store's own clock, by which keys expire
   * @return the store; to be closed
   * @throws EmbeddedStoreException if it cannot be opened; its reason says why
   */
  public static EmbeddedStore openBeside(Path file, InstantSource clock) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    while (folder != null && folder.getParent() != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    Path beside = file.resolveSibling(".%s.%s".formatted(file.getFileName(), UUID.randomUUID()));
    Path temporary = folder == null ? beside : folder.resolve(beside.getFileName());
    EmbeddedStore store = open(temporary, Options.readWrite(), clock);
    return new EmbeddedStore(store.path, store.session, clock, true);
  }

  static EmbeddedStore open(
      Target target,
      Options options,
      InstantSource clock,
      Pause pause,
      UnaryOperator<PlaceMap> places) {
    for (long waited = 0; ; waited += PAUSE_MILLIS) {
      try {
        Session session = OpenFiles.acquire(target, () -> new Session(target, places));
        return new EmbeddedStore(target.path(), session, clock, false);
      } catch (EmbeddedStoreException e) {
        if (e.reason() != Reason.LOCKED || waited >= options.lockTimeout().toMillis()) {
          throw e;
        }
      }
      if (waited == 0) {
        options.waiting().accept(target.path());
      }
      await(target.path(), pause);
    }
  }

  private static void await(Path path, Pause pause) {
    try {
      pause.pause(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStoreException(
          Reason.INTERRUPTED, path, "interrupted while waiting for the file", "Try again", e);
    }
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    return session().commit(List.copyOf(transactions), clock.millis());
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    return session().read(queries, clock.millis());
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    return session().scan(scan, clock.millis());
  }

  @Override
  public List<CommitWay> commitWays() {
    return List.of(new CommitWay("", this, ""));
  }

  @Override
  public List<Check> check(List<KeyGroup> groups) {
    return FileChecks.of(path, session().formatVersion());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      OpenFiles.release(path);
      if (temporary) {
        delete();
      }
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be deleted", e);
    }
  }

  /** The open file; for tests too. */
  Session session() {
    if (closed.get()) {
      throw new IllegalStateException("the store " + path + " is closed");
    }
    return session;
  }
}
