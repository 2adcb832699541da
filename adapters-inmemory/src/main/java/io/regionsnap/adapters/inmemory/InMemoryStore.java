package io.regionsnap.adapters.inmemory;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The reference store: everything on the heap, gone when the process ends.
 *
 * <p><b>Atomicity.</b> One lock: a commit is alone, so a reader sees each transaction wholly or not
 * at all. A whole {@link #commit} call is one instant, and so is a whole {@link #read} call.
 *
 * <p><b>Expiry.</b> From its expiry on, by the clock given, a key does not exist; its memory is
 * freed by later commits.
 *
 * <p><b>Threads.</b> Any number at once; readers do not wait for each other.
 *
 * <p><b>Results.</b> Never {@link CommitResult.InDoubt}, {@link ReadResult.Unreadable} or
 * {@link StoreRefusal.Unavailable}.
 */
public final class InMemoryStore implements TransactionalStore, StoreDiagnostics {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final PlaceMap places = new HeapPlaces();
  private final Engine engine;
  private final InstantSource clock;
  private boolean closed;

  /**
   * An empty store.
   *
   * @param clock the store's own clock, by which keys expire
   */
  public InMemoryStore(InstantSource clock) {
    this.clock = clock;
    this.engine = new Engine(places, e -> new StoreRefusal.Rejected(e.toString()));
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    List<Transaction> copy = List.copyOf(transactions);
    return locked(lock.writeLock(), () -> {
      long now = clock.millis();
      List<CommitResult> results = new ArrayList<>(copy.size());
      copy.forEach(transaction -> results.add(engine.apply(transaction, now)));
      engine.purge(now);
      return List.copyOf(results);
    });
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    return locked(lock.readLock(), () -> engine.answer(queries, clock.millis()));
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    return locked(lock.readLock(), () -> engine.scan(scan, clock.millis()));
  }

  @Override
  public List<CommitWay> commitWays() {
    return List.of(new CommitWay("", this, ""));
  }

  @Override
  public List<Check> check(List<KeyGroup> groups) {
    return List.of(Check.warn(
        "durability",
        "nothing is kept: the end of the process is the end of all",
        "use a file or a server for what is to be kept"));
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private <R> R locked(Lock held, Supplier<R> action) {
    held.lock();
    try {
      if (closed) {
        throw new IllegalStateException("this store is closed");
      }
      return action.get();
    } finally {
      held.unlock();
    }
  }

  /** For tests: lets somebody look at, and tamper with, what is stored. */
  <R> R tamper(Function<PlaceMap, R> action) {
    return locked(lock.writeLock(), () -> action.apply(places));
  }
}
