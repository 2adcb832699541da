package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Commits as a whole: batches, wrong kinds, closing. */
public abstract class CommitContract extends StoreContract {
  private static final Key OTHER_INDEX = new Key("contract:{t}:other-index");

  private Transaction putting(Key key, Guard... guards) {
    return new Transaction(List.of(guards), List.of(put(key, ONE)));
  }

  @Test
  void commit_noTransactions_noResults() {
    assertThat(store.commit(List.of())).isEmpty();
    assertThat(store.read(List.<Query.Get>of())).isEmpty();
  }

  @Test
  void commit_oneOfABatchFails_neighboursAreApplied() {
    List<CommitResult> results = store.commit(List.of(
        putting(FIRST),
        putting(new Key("contract:{t}:never"), new Guard.Equal(FIRST, TWO)),
        putting(SECOND)));
    assertThat(results)
        .containsExactly(
            APPLIED, new CommitResult.GuardFailed(0, Observation.Held.of(ONE)), APPLIED);
    assertThat(raw.readAll()).containsOnlyKeys(FIRST, SECOND);
  }

  @Test
  void commit_oneOfABatchHasTheWrongKind_neighboursAreApplied() {
    given(entry("one", 1));
    List<CommitResult> results = store.commit(List.of(
        putting(FIRST),
        new Transaction(List.of(), List.of(put(new Key("contract:{t}:x"), ONE), put(INDEX, ONE))),
        putting(SECOND)));
    assertThat(results).containsExactly(APPLIED, wrongKind(INDEX, Kind.INDEX), APPLIED);
    assertThat(raw.readAll()).containsOnlyKeys(FIRST, SECOND, INDEX);
  }

  @Test
  void commit_laterTransaction_seesTheEarlierOne() {
    List<CommitResult> results = store.commit(List.of(
        putting(FIRST, new Guard.Absent(FIRST)),
        putting(FIRST, new Guard.Absent(FIRST)),
        putting(SECOND, new Guard.Equal(FIRST, ONE))));
    assertThat(results)
        .containsExactly(
            APPLIED, new CommitResult.GuardFailed(0, Observation.Held.of(ONE)), APPLIED);
  }

  @Test
  void commit_laterTransaction_doesNotSeeOneThatFailed() {
    List<CommitResult> results = store.commit(List.of(
        putting(FIRST, new Guard.Equal(SECOND, ONE)), putting(SECOND, new Guard.Absent(FIRST))));
    assertThat(results)
        .containsExactly(new CommitResult.GuardFailed(0, new Observation.Nothing()), APPLIED);
  }

  private static CommitResult wrongKind(Key key, Kind found) {
    return new CommitResult.NotApplied(new StoreRefusal.WrongKind(key, found));
  }

  /** A transaction that names every kind of key in every kind of guard and write. */
  private Transaction everything(List<Key> values, List<Key> indexes) {
    return new Transaction(
        List.of(
            new Guard.Absent(values.get(0)),
            new Guard.NotAll(List.of(new Guard.Equal(values.get(1), ONE))),
            new Guard.AbsentOrEqual(values.get(2), ONE),
            new Guard.AbsentOrMember(values.get(3), indexes.get(0)),
            new Guard.NotAll(List.of(new Guard.AtTop(values.get(4), indexes.get(1)))),
            new Guard.NotAll(List.of(new Guard.Contains(indexes.get(2), entry("x", 1)))),
            new Guard.Admits(indexes.get(3), entry("x", 1)),
            new Guard.WithinSpan(indexes.get(4), 1, 1)),
        List.of(
            put(values.get(5), ONE),
            new Write.Add(indexes.get(5), entry("x", 1)),
            new Write.Trim(indexes.get(6), 1),
            new Write.ExpireWithTop(indexes.get(7), later()),
            new Write.PointAtTop(values.get(6), indexes.get(8), later()),
            new Write.Delete(values.get(7)),
            new Write.IfNewTop(put(values.get(8), ONE))));
  }

  private static List<Key> nine(String name) {
    return IntStream.range(0, 9)
        .mapToObj(i -> new Key("contract:{t}:" + name + i))
        .toList();
  }

  @Test
  void commit_everyKeyAbsent_isApplied() {
    assertThat(commit(everything(nine("v"), nine("i")))).isEqualTo(APPLIED);
  }

  @Test
  void commit_wrongKindAtAnyKey_writesNothing() {
    Transaction transaction = everything(nine("v"), nine("i"));
    for (Map.Entry<Key, Kind> needed : transaction.kinds().entrySet()) {
      Key key = needed.getKey();
      Kind found = needed.getValue() == Kind.VALUE ? Kind.INDEX : Kind.VALUE;
      put(key, found);
      Map<Key, ObservedKey> before = raw.readAll();
      assertThat(commit(transaction)).isEqualTo(wrongKind(key, found));
      assertThat(raw.readAll()).isEqualTo(before);
      raw.delete(key);
    }
  }

  @Test
  void commit_somethingElseAtAnyKey_writesNothing() {
    requireOther();
    Transaction transaction = everything(nine("v"), nine("i"));
    for (Key key : transaction.kinds().keySet()) {
      raw.putOther(key);
      Map<Key, ObservedKey> before = raw.readAll();
      assertThat(commit(transaction)).isEqualTo(wrongKind(key, Kind.OTHER));
      assertThat(raw.readAll()).isEqualTo(before);
      raw.delete(key);
    }
  }

  private void put(Key key, Kind kind) {
    if (kind == Kind.VALUE) {
      raw.putValue(key, ONE, OptionalLong.of(later()));
    } else {
      raw.putIndex(key, List.of(entry("x", 9)), OptionalLong.of(later()));
    }
  }

  @Test
  void commit_wrongKindAndFailedGuard_reportsTheKind() {
    given(entry("one", 1));
    assertThat(commit(List.of(new Guard.Equal(FIRST, ONE)), put(INDEX, ONE)))
        .isEqualTo(wrongKind(INDEX, Kind.INDEX));
  }

  @Test
  void commit_twoWrongKinds_reportsTheFirstNamed() {
    given(FIRST, ONE);
    given(entry("one", 1));
    assertThat(commit(
            List.of(),
            new Write.Add(OTHER_INDEX, entry("x", 1)),
            new Write.Add(FIRST, entry("x", 1)),
            put(INDEX, ONE)))
        .isEqualTo(wrongKind(FIRST, Kind.VALUE));
  }

  @Test
  void close_twice_isFine() {
    store.close();
    store.close();
    assertThatIllegalStateException().isThrownBy(() -> store.commit(List.of()));
  }

  @Test
  void close_thenUse_throws() {
    store.close();
    assertThatIllegalStateException().isThrownBy(() -> store.commit(List.of(putting(FIRST))));
    assertThatIllegalStateException().isThrownBy(() -> store.read(List.of(new Query.Get(FIRST))));
    assertThatIllegalStateException()
        .isThrownBy(() -> store.scan(new Scan("", "", Optional.empty(), 1)));
  }
}
