package io.regionsnap.adapters.inmemory;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One file that this process has open, behind one lock; shared by the stores that only read it.
 *
 * <p>Once the file has failed, it is closed, and each later call tries to open it again first.
 */
final class Session {
  private final Target target;
  private final UnaryOperator<PlaceMap> places;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private StoreFile file;
  private Engine engine;
  private boolean compacting = true;
  private boolean closed;

  /** The file has failed; set by readers too, who must not close it under other readers. */
  private volatile boolean failed;

  /**
   * @param places a step between the engine and the file, for tests that make it fail
   * @throws EmbeddedStoreException if the file cannot be opened
   */
  Session(Target target, UnaryOperator<PlaceMap> places) {
    this.target = target;
    this.places = places;
    this.file = target.openOrCreate();
    this.engine = engine(file);
  }

  private Engine engine(StoreFile opened) {
    return new Engine(places.apply(opened.places()), this::refusal);
  }

  private StoreRefusal refusal(Throwable failure) {
    if (!file.isOpen() || Trouble.reason(failure) == EmbeddedStoreException.Reason.IO) {
      failed = true;
    }
    return Trouble.refusal(target.path(), failure);
  }

  List<CommitResult> commit(List<Transaction> transactions, long nowMillis) {
    if (target.readOnly()) {
      return all(
          transactions, new StoreRefusal.Rejected(target.path() + " was opened to read only"));
    }
    return uninterrupted(() -> {
      lock.writeLock().lock();
      try {
        Optional<StoreRefusal> refused = revive();
        return refused.isPresent()
            ? all(transactions, refused.get())
            : apply(transactions, nowMillis);
      } finally {
        lock.writeLock().unlock();
      }
    });
  }

  private List<CommitResult> apply(List<Transaction> transactions, long nowMillis) {
    List<CommitResult> results = new ArrayList<>(transactions.size());
    try {
      transactions.forEach(transaction -> results.add(engine.apply(transaction, nowMillis)));
      if (results.stream().noneMatch(CommitResult.Applied.class::isInstance)) {
        return List.copyOf(results);
      }
      engine.purge(nowMillis);
    } catch (RuntimeException | Error e) {
      // Could not even be undone. Nothing was saved, so forgetting all of it is exact.
      StoreRefusal refusal = Trouble.refusal(target.path(), e);
      discard();
      return all(transactions, new StoreRefusal.Unavailable(Trouble.message(refusal)));
    }
    return save(results);
  }

  private List<CommitResult> save(List<CommitResult> results) {
    try {
      file.commit();
    } catch (RuntimeException | Error e) {
      discard();
      return inDoubt(results, target.path() + ": not known to be saved: " + e.getMessage());
    }
    try {
      if (compacting) {
        file.compact();
      }
    } catch (RuntimeException | Error e) {
      // What was committed is safe. A chunk that cannot be read must not fail every later commit.
      compacting = false;
      discard();
    }
    return List.copyOf(results);
  }

  /**
   * From the first applied one on, every result rests on what may not be saved: also a guard that
   * failed may have failed on it.
   */
  private static List<CommitResult> inDoubt(List<CommitResult> results, String message) {
    List<CommitResult> honest = new ArrayList<>(results.size());
    boolean doubtful = false;
    for (CommitResult result : results) {
      doubtful |= result instanceof CommitResult.Applied;
      honest.add(doubtful ? new CommitResult.InDoubt(message) : result);
    }
    return List.copyOf(honest);
  }

  private static List<CommitResult> all(List<Transaction> transactions, StoreRefusal refusal) {
    return Collections.nCopies(transactions.size(), new CommitResult.NotApplied(refusal));
  }

  <T> List<ReadResult<T>> read(List<? extends Query<T>> queries, long nowMillis) {
    return reading(
        open -> open.answer(queries, nowMillis),
        message -> Collections.nCopies(queries.size(), new ReadResult.Unreadable<T>(message)));
  }

  ReadResult<ScanPage> scan(Scan scan, long nowMillis) {
    return reading(open -> open.scan(scan, nowMillis), ReadResult.Unreadable::new);
  }

  int formatVersion() {
    lock.readLock().lock();
    try {
      return file.formatVersion();
    } finally {
      lock.readLock().unlock();
    }
  }

  private <R> R reading(Function<Engine, R> question, Function<String, R> unreadable) {
    return uninterrupted(() -> {
      Optional<StoreRefusal> refused = failed ? reviveAlone() : Optional.empty();
      if (refused.isPresent()) {
        return unreadable.apply(Trouble.message(refused.get()));
      }
      lock.readLock().lock();
      try {
        requireOpen();
        return question.apply(engine);
      } finally {
        lock.readLock().unlock();
      }
    });
  }

  private Optional<StoreRefusal> reviveAlone() {
    lock.writeLock().lock();
    try {
      return revive();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Opens the file again if it has failed; says why that is not possible. */
  private Optional<StoreRefusal> revive() {
    requireOpen();
    if (!failed) {
      return Optional.empty();
    }
    file.discard();
    try {
      file = target.open();
      engine = engine(file);
      failed = false;
      return Optional.empty();
    } catch (EmbeddedStoreException e) {
      return Optional.of(Trouble.refusal(target.path(), e));
    }
  }

  /** A store may be closed by one thread while another is about to use it. */
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store " + target.path() + " is closed");
    }
  }

  private void discard() {
    failed = true;
    file.discard();
  }

  /**
   * An interrupt closes the channel under whoever is reading or writing a file. One that is pending
   * is put off until the work is done; one that comes in the middle is a failure of the file.
   */
  private static <R> R uninterrupted(Supplier<R> work) {
    boolean interrupted = Thread.interrupted();
    try {
      return work.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void close() {
    uninterrupted(() -> {
      lock.writeLock().lock();
      try {
        closed = true;
        if (failed) {
          file.discard();
        } else {
          file.close();
        }
        return file;
      } finally {
        lock.writeLock().unlock();
      }
    });
  }

  /** For tests: lets somebody look at, and tamper with, what is stored. */
  <R> R tamper(Function<StoreFile, R> action) {
    lock.writeLock().lock();
    try {
      return action.apply(file);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
