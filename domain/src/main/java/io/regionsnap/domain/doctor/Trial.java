package io.regionsnap.domain.doctor;

import io.regionsnap.domain.doctor.TrialOutcome.Broken;
import io.regionsnap.domain.doctor.TrialOutcome.Kept;
import io.regionsnap.domain.doctor.TrialOutcome.Unanswered;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries, on sacrificial keys, what a way to commit promises. Used by one thread. */
final class Trial {
  private static final int REMOVALS = 2;

  private final TransactionalStore store;
  private final TrialKeys keys;
  private boolean mayHaveWritten;
  private boolean mayWriteLater;

  Trial(TransactionalStore store, TrialKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  private CommitResult commit(Transaction transaction) {
    return commit(List.of(transaction)).get(0);
  }

  private List<CommitResult> commit(List<Transaction> transactions) {
    List<CommitResult> results = store.commit(transactions);
    for (CommitResult result : results) {
      mayWriteLater |= result instanceof CommitResult.InDoubt;
      mayHaveWritten |= mayWriteLater
          || result instanceof CommitResult.Applied
          || result instanceof CommitResult.Torn;
    }
    return results;
  }

  /** All of a transaction is applied, and is read back. */
  TrialOutcome transaction() {
    mayHaveWritten = true;
    CommitResult result = commit(keys.whole());
    mayHaveWritten = mayWriteLater || !(result instanceof CommitResult.NotApplied);
    if (!(result instanceof CommitResult.Applied)) {
      return TrialOutcome.unexpected(result);
    }
    return unchanged().orElse(new Kept("applied wholly, and read back"));
  }

  /** Nothing is written if a guard fails. */
  TrialOutcome failedGuard() {
    CommitResult result = commit(keys.guarded());
    if (!(result instanceof CommitResult.GuardFailed failed)) {
      return TrialOutcome.unexpected(result);
    } else if (failed.guardIndex() != keys.guarded().guards().size() - 1) {
      return TrialOutcome.unexpected(result);
    }
    return unchanged().orElse(new Kept("a transaction with a failed guard changed nothing"));
  }

  /** Nothing is written if a key holds the wrong kind. */
  TrialOutcome wrongKind() {
    for (CommitResult result : commit(List.of(keys.valueAsIndex(), keys.indexAsValue()))) {
      if (!(result instanceof CommitResult.NotApplied notApplied
          && notApplied.reason() instanceof StoreRefusal.WrongKind)) {
        return TrialOutcome.unexpected(result);
      }
    }
    return unchanged()
        .orElse(new Kept("a transaction with a key of the wrong kind changed nothing"));
  }

  /** What is not as the first transaction left it; empty if all is. */
  private Optional<TrialOutcome> unchanged() {
    List<ReadResult<Value>> values = store.read(keys.values());
    List<Value> expected = keys.expectedValues();
    for (int i = 0; i < values.size(); i++) {
      Optional<Value> wanted =
          i < expected.size() ? Optional.of(expected.get(i)) : Optional.empty();
      Optional<TrialOutcome> against = differs(values.get(i), wanted);
      if (against.isPresent()) {
        return against;
      }
    }
    return differs(store.read(List.of(keys.entries())).get(0), Optional.of(List.of(keys.entry())));
  }

  private static <T> Optional<TrialOutcome> differs(ReadResult<T> result, Optional<T> wanted) {
    return result.match(
        found -> wanted.equals(Optional.of(found))
            ? Optional.empty()
            : Optional.of(new Broken("what is read is not what was written")),
        () -> wanted.isEmpty()
            ? Optional.empty()
            : Optional.of(new Broken("what was written is not there")),
        wrong -> Optional.of(new Broken("a key holds another kind than was written")),
        unreadable -> Optional.of(new Unanswered(unreadable.message())));
  }

  /**
   * Deletes what was written.
   *
   * @return what may be left behind; empty if nothing is
   */
  List<String> cleanUp() {
    List<String> left = new ArrayList<>();
    if (mayHaveWritten && !isRemoved()) {
      left.add("%s* could not be deleted".formatted(keys.prefix()));
    } else if (mayWriteLater) {
      left.add("%s* may still be written by a request that got no answer".formatted(keys.prefix()));
    }
    return left;
  }

  /** An answer that was lost is no reason not to try again: to delete twice does no harm. */
  private boolean isRemoved() {
    boolean removed = false;
    for (int i = 0; i < REMOVALS && !removed; i++) {
      removed = store.commit(List.of(keys.removal())).get(0) instanceof CommitResult.Applied;
    }
    return removed;
  }

  TrialKeys keys() {
    return keys;
  }
}
