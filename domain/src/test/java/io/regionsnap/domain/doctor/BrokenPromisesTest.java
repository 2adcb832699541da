package io.regionsnap.domain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.FakeStore;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is made of a store that does not keep what it promises, or does not answer. */
class BrokenPromisesTest extends Diagnosing {
  @Test
  void guardIgnored_fails() {
    hold(keys);
    clock(store, NOW).answer(APPLIED).answer(APPLIED).answer(APPLIED);
    diagnose(alone());
    assertNot("FAIL", "failed-guard", "applied that should not have been");
    assertNot("FAIL", "commits", "cannot be persisted");
    assertThat(check("cleanup").verdict()).isEqualTo("PASS");
  }

  @Test
  void otherGuardFails_fails() {
    hold(keys);
    clock(store, NOW)
        .answer(APPLIED)
        .answer(new CommitResult.GuardFailed(1, new Observation.Nothing()))
        .answer(APPLIED);
    diagnose(alone());
    assertNot("FAIL", "failed-guard", "a guard failed that holds");
  }

  @Test
  void wrongKindIgnored_fails() {
    hold(keys);
    clock(store, NOW)
        .answer(APPLIED)
        .answer(new CommitResult.GuardFailed(2, new Observation.Nothing()))
        .answer(wrongKind(), APPLIED)
        .answer(APPLIED);
    diagnose(alone());
    assertNot("FAIL", "wrong-kind", "applied that should not have been");
  }

  @Test
  void refusedTransactionLeavesSomething_fails() {
    hold(keys);
    store.put(keys.never(), TrialKeys.BODY);
    clock(store, NOW).answer(APPLIED).answer(APPLIED);
    diagnose(alone());
    assertNot("FAIL", "transaction", "not what was written");
  }

  @Test
  void indexWithMoreInIt_fails() {
    hold(keys);
    store.put(keys.index(), keys.entry(), new IndexEntry(TrialKeys.OTHER_MEMBER, NOW - 1));
    clock(store, NOW).answer(APPLIED).answer(APPLIED);
    diagnose(alone());
    assertNot("FAIL", "transaction", "not what was written");
  }

  @Test
  void appliedButNotThere_fails() {
    clock(store, NOW).answer(APPLIED).answer(APPLIED);
    diagnose(alone());
    assertNot("FAIL", "transaction", "what was written is not there");
  }

  @Test
  void noAnswer_endsTheTrial_andWarnsOfWhatMayStillCome() {
    Telling telling = new Telling(
        store,
        new StoreDiagnostics.CommitWay("script", store, ""),
        new StoreDiagnostics.CommitWay("multi-exec", new FakeStore(), ""));
    clock(store, NOW).answer(IN_DOUBT).answer(APPLIED);
    assertThat(diagnose(telling)).isEqualTo(new Diagnosis.Unfit(6, 1, 2));
    assertNot("FAIL", "script-transaction", "no answer");
    assertNot("WARN", "cleanup", "may still be written");
    assertThat(telling.asked).isEmpty();
    assertThat(committed(2)).containsExactly(keys.removal());
  }

  @Test
  void takesNoWrites_fails() {
    clock(store, NOW).answer(UNAVAILABLE);
    diagnose(alone());
    assertNot("FAIL", "transaction", "READONLY");
    assertThat(store.commits).hasSize(2);
  }

  @Test
  void readsGoWrong_fail() {
    hold(keys);
    store.describe(
        keys.idView(), new KeyDescription(Kind.VALUE, OptionalLong.of(NOW + 7 * MINUTE)));
    store.failScans();
    clock(store, NOW);
    keepPromises(store);
    TransactionalStore misreading =
        new Telling(new Misreading(store), new StoreDiagnostics.CommitWay("", store, ""));
    diagnose(misreading);
    assertNot("FAIL", "reads", "not what was written");
    assertNot("FAIL", "expiry", "another or none");
    assertNot("WARN", "scan", "no answer");
  }

  /** Reads scores that nobody wrote. */
  private record Misreading(FakeStore store) implements TransactionalStore {
    @Override
    public List<CommitResult> commit(List<Transaction> transactions) {
      return store.commit(transactions);
    }

    @Override
    @SuppressWarnings("unchecked") // A score is a number.
    public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
      return queries.get(0) instanceof Query.Score
          ? List.of((ReadResult<T>) new ReadResult.Found<>(1L))
          : store.read(queries);
    }

    @Override
    public ReadResult<ScanPage> scan(Scan scan) {
      return store.scan(scan);
    }

    @Override
    public void close() {}
  }
}
