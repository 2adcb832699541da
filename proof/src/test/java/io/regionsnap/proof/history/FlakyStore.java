package io.regionsnap.proof.history;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.report.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A store behind a network that does not exist: requests are lost, kept back or delivered twice,
 * and answers are lost. Thread-safe; closing it does not close the store.
 */
final class FlakyStore implements TransactionalStore {
  static final List<Fault> FAULTS =
      List.of(Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.REQUEST_LATE, Fault.REQUEST_TWICE);

  private static final CommitResult IN_DOUBT = new CommitResult.InDoubt("the answer was lost");

  private final Supplier<TransactionalStore> store;
  private final List<Transaction> held = new ArrayList<>();
  private Fault fault = Fault.REQUEST_LOST;
  private int left;
  private long struck;

  FlakyStore(Supplier<TransactionalStore> store) {
    this.store = store;
  }

  /** Strikes so many of the next transactions. */
  synchronized void begin(Fault next, int times) {
    fault = next;
    left = times;
    struck = 0;
  }

  /** How many transactions were struck. */
  synchronized long end() {
    left = 0;
    return struck;
  }

  synchronized void deliver() {
    held.forEach(transaction -> store.get().commit(List.of(transaction)));
    held.clear();
  }

  synchronized void forget() {
    held.clear();
  }

  private synchronized boolean isStruck() {
    if (left == 0) {
      return false;
    }
    left--;
    struck++;
    return true;
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    List<CommitResult> results = new ArrayList<>();
    for (Transaction transaction : transactions) {
      results.add(isStruck() ? strike(transaction) : deliver(transaction));
    }
    return results;
  }

  private CommitResult deliver(Transaction transaction) {
    return store.get().commit(List.of(transaction)).get(0);
  }

  private CommitResult strike(Transaction transaction) {
    if (fault == Fault.ANSWER_LOST) {
      deliver(transaction);
    } else if (fault == Fault.REQUEST_LATE) {
      synchronized (this) {
        held.add(transaction);
      }
    } else if (fault == Fault.REQUEST_TWICE) {
      CommitResult result = deliver(transaction);
      deliver(transaction);
      return result;
    }
    return IN_DOUBT;
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    return store.get().read(queries);
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    return store.get().scan(scan);
  }

  @Override
  public void close() {
    // The store outlives the network.
  }
}
