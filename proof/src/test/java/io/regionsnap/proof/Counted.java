package io.regionsnap.proof;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Tally;
import java.util.List;

/**
 * A store for one call of one writer, which notes whether any of its commits was in doubt. Not
 * thread-safe; closing it does not close the store.
 */
public final class Counted implements TransactionalStore {
  private final TransactionalStore store;
  private final Tally tally;
  private boolean inDoubt;

  /**
   * The store for one call.
   *
   * @param store the store
   * @param tally counts commits, and those in doubt
   */
  public Counted(TransactionalStore store, Tally tally) {
    this.store = store;
    this.tally = tally;
  }

  /**
   * Whether the result of any commit was in doubt.
   *
   * @return whether it was
   */
  public boolean wasInDoubt() {
    return inDoubt;
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    List<CommitResult> results = store.commit(transactions);
    tally.count(Figure.COMMITS, results.size());
    long doubts =
        results.stream().filter(CommitResult.InDoubt.class::isInstance).count();
    tally.count(Figure.IN_DOUBT, doubts);
    inDoubt |= doubts > 0;
    return results;
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
    // The store outlives the call.
  }
}
