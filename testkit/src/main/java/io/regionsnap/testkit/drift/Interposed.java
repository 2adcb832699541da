package io.regionsnap.testkit.drift;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store in whose use somebody interferes: does something before one of its reads, or cuts it off
 * after some commits. As thread-safe as the store behind it, which it does not close.
 */
final class Interposed implements TransactionalStore {
  private final TransactionalStore store;
  private final int read;
  private final Runnable before;
  private final int commits;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger committed = new AtomicInteger();

  private Interposed(TransactionalStore store, int read, Runnable before, int commits) {
    this.store = store;
    this.read = read;
    this.before = before;
    this.commits = commits;
  }

  /**
   * Interferes with reads.
   *
   * @param read before which one, counted from 0, scans included
   * @param before what is done
   */
  static Interposed beforeRead(TransactionalStore store, int read, Runnable before) {
    return new Interposed(store, read, before, Integer.MAX_VALUE);
  }

  /**
   * Interferes with commits.
   *
   * @param commits how many there are before the store can no longer be reached
   */
  static Interposed cutOffAfter(TransactionalStore store, int commits) {
    return new Interposed(store, Integer.MAX_VALUE, () -> {}, commits);
  }

  /** Whether the read came before which something was to be done. */
  boolean hasInterfered() {
    return reads.get() > read;
  }

  private void count() {
    if (reads.getAndIncrement() == read) {
      before.run();
    }
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    count();
    return store.read(queries);
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    count();
    return store.scan(scan);
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    if (committed.getAndIncrement() < commits) {
      return store.commit(transactions);
    }
    CommitResult refusal = new CommitResult.NotApplied(new StoreRefusal.Unavailable("cut off"));
    return transactions.stream().map(transaction -> refusal).toList();
  }

  @Override
  public void close() {}
}
