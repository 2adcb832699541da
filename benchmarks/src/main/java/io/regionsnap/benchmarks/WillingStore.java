package io.regionsnap.benchmarks;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import java.util.List;

/** Says that everything was applied, and does nothing. */
final class WillingStore implements TransactionalStore {
  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    return transactions.stream()
        .<CommitResult>map(each -> new CommitResult.Applied())
        .toList();
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    throw new UnsupportedOperationException("there is nothing to read");
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    throw new UnsupportedOperationException("there is nothing to scan");
  }

  @Override
  public void close() {}
}
