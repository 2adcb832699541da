package io.regionsnap.proof.redis;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store that counts how many commits were refused as long as nothing changes. A script that asks
 * what it may do is answered without an error that the server would count. Thread-safe.
 */
public final class Refusals implements TransactionalStore {
  private final TransactionalStore store;
  private final AtomicLong rejected = new AtomicLong();

  /**
   * A store that counts.
   *
   * @param store the store, which is closed with this one
   */
  public Refusals(TransactionalStore store) {
    this.store = store;
  }

  /**
   * The refusals so far.
   *
   * @return how many commits were rejected
   */
  public long rejected() {
    return rejected.get();
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    List<CommitResult> results = store.commit(transactions);
    rejected.addAndGet(results.stream().filter(Refusals::isRejected).count());
    return results;
  }

  private static boolean isRejected(CommitResult result) {
    return result instanceof CommitResult.NotApplied refused
        && refused.reason() instanceof StoreRefusal.Rejected;
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    return store.read(queries);
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    return store.scan(scan);
  }

  @Override
  public void close() {
    store.close();
  }
}
