package io.regionsnap.domain.persist;

import static io.regionsnap.domain.Documents.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.domain.Documents;
import io.regionsnap.domain.FakeStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.persist.PersistPlan.Check;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.CommitResult.Applied;
import io.regionsnap.ports.CommitResult.GuardFailed;
import io.regionsnap.ports.CommitResult.InDoubt;
import io.regionsnap.ports.CommitResult.NotApplied;
import io.regionsnap.ports.CommitResult.Torn;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PersistSnapshotsTest {
  private static final long AT = 1_787_184_007_093L;
  private static final CommitResult APPLIED = new Applied();
  private static final CommitResult LOST = new InDoubt("reply lost");
  private static final Key KEY = new Key("k");
  private static final CommitResult TORN = new Torn(List.of(KEY), "half");
  private static final CommitResult WRONG_KIND =
      new NotApplied(new StoreRefusal.WrongKind(KEY, Kind.OTHER));
  private static final CommitResult LOADING =
      new NotApplied(new StoreRefusal.Unavailable("LOADING"));

  private final FakeStore store = new FakeStore();
  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = Instant.ofEpochMilli(AT + 1000);

  private final Pause pause = duration -> {
    pauses.add(duration);
    now = now.plus(duration);
  };

  @Test
  void persist_nothing_isNothing() {
    assertThat(persist(pause)).isEmpty();
    assertThat(store.commits).isEmpty();
  }

  @Test
  void persist_applied_isPersisted() {
    store.answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(pauses).isEmpty();
  }

  @Test
  void persist_batch_isOneCommitInTimestampOrderWithOutcomesInTheCallersOrder() {
    Snapshot late = snapshot("mena", "late", AT + 2);
    Snapshot early = snapshot("mena", "early", AT + 1);
    Snapshot other = snapshot("europe", "other", AT + 9);
    store.answer(APPLIED, failed(Check.NOT_YET_WHOLE, new Observation.Nothing()), APPLIED);

    assertThat(persist(pause, late, early, other))
        .containsExactly(
            new PersistOutcome.Persisted(),
            new PersistOutcome.AlreadyPersisted(),
            new PersistOutcome.Persisted());
    assertThat(store.commits).hasSize(1);
    assertThat(store.commits.get(0))
        .extracting(PersistSnapshotsTest::idOf)
        .containsExactly("other", "early", "late");
  }

  @Test
  void persist_datedWrongly_isRefusedWithoutAskingTheStore_andDoesNotStopOthers() {
    store.answer(APPLIED);

    List<PersistOutcome> outcomes = persist(
        pause,
        snapshot("mena", "old", AT - Duration.ofDays(91).toMillis()),
        snapshot("mena", "good", AT),
        snapshot("mena", "future", AT + Duration.ofMinutes(6).toMillis()));

    assertThat(outcomes)
        .extracting(PersistSnapshotsTest::codeOf)
        .containsExactly("OLDER_THAN_RETENTION", "Persisted", "FROM_THE_FUTURE");
    assertThat(store.commits.get(0)).hasSize(1);
  }

  @Test
  void persist_inDoubt_submitsTheSameTransactionAgainUntilTheGuardsAnswer() {
    store.answer(LOST).answer(LOST).answer(failed(Check.NOT_YET_WHOLE, new Observation.Nothing()));

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.AlreadyPersisted());
    assertThat(store.commits.get(1)).isEqualTo(store.commits.get(0));
    assertThat(store.commits.get(2)).isEqualTo(store.commits.get(0));
    assertThat(pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
  }

  @Test
  void persist_torn_isPersistedOnceATryCompletesIt() {
    store.answer(TORN).answer(LOST).answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(store.commits.get(2)).isEqualTo(store.commits.get(0));
  }

  @Test
  void persist_tornAndThenRefused_staysTorn() {
    SnapshotId other = new SnapshotId("b");
    store
        .answer(TORN)
        .answer(failed(Check.CLAIM_FREE, Observation.Held.of(other.toValue())))
        .answer(new GuardFailed(7, new Observation.Nothing()));
    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(
            new PersistOutcome.Torn(List.of(KEY), "snapshot b has claimed its bucket meanwhile"));

    store.answer(TORN).answer(WRONG_KIND);
    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .extracting(PersistSnapshotsTest::codeOf)
        .containsExactly("Torn");

    store.answer(TORN).answer(LOST).answer(new NotApplied(new StoreRefusal.Rejected("OOM")));
    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Torn(List.of(KEY), "OOM"));
  }

  @Test
  void persist_oneOfABatchInDoubt_submitsThatOneAgain() {
    store.answer(APPLIED, LOST).answer(APPLIED);

    assertThat(persist(pause, snapshot("europe", "a", AT), snapshot("mena", "b", AT)))
        .containsExactly(new PersistOutcome.Persisted(), new PersistOutcome.Persisted());
    assertThat(store.commits.get(1)).extracting(PersistSnapshotsTest::idOf).containsExactly("b");
  }

  @Test
  void persist_inDoubtUntilTheDeadline_isUnknown() {
    for (int i = 0; i < 100; i++) {
      store.answer(LOST);
    }

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Unknown("reply lost"));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofSeconds(30))
        .isGreaterThan(Duration.ofSeconds(27));
    assertThat(pauses).last().isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void persist_clockSetBackWhileInDoubt_stillEndsAtTheDeadline() {
    for (int i = 0; i < 100; i++) {
      store.answer(LOST);
    }
    Pause backwards = duration -> {
      pauses.add(duration);
      now = now.minus(Duration.ofHours(1));
    };

    assertThat(persist(backwards, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Unknown("reply lost"));
  }

  @Test
  void persist_errorOnTheRetryOfWhatIsInDoubt_isUnknownNotRefused() {
    CommitResult rejected = new NotApplied(new StoreRefusal.Rejected("NOPERM"));
    CommitResult wrongKind = new NotApplied(new StoreRefusal.WrongKind(new Key("k"), Kind.OTHER));
    store.answer(LOST, LOST).answer(rejected, wrongKind);

    assertThat(persist(pause, snapshot("europe", "a", AT), snapshot("mena", "b", AT)))
        .hasOnlyElementsOfType(PersistOutcome.Unknown.class);
  }

  @Test
  void persist_unreachableAfterDoubt_isUnknown() {
    store.answer(LOST);
    for (int i = 0; i < 100; i++) {
      store.answer(LOADING);
    }

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Unknown("LOADING"));
  }

  @Test
  void persist_unavailableUntilTheDeadline_isRefusedAsSuch() {
    for (int i = 0; i < 100; i++) {
      store.answer(LOADING);
    }

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(
            new PersistOutcome.Refused(new Refusal(Refusal.Code.STORE_UNAVAILABLE, "LOADING")));
  }

  @Test
  void persist_unavailableForAWhile_isPersistedInTheEnd() {
    store.answer(LOADING).answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
  }

  @Test
  void persist_interrupted_stopsAndSaysWhatIsNotKnown() {
    store.answer(LOST, LOADING);
    Pause interrupted = duration -> {
      throw new InterruptedException();
    };

    List<PersistOutcome> outcomes =
        persist(interrupted, snapshot("europe", "a", AT), snapshot("mena", "b", AT));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcomes)
        .extracting(PersistSnapshotsTest::codeOf)
        .containsExactly("Unknown", "STORE_UNAVAILABLE");
    assertThat(store.commits).hasSize(1);
  }

  @Test
  void persist_refusedByTheStore_isRefusedAtOnce() {
    store.answer(
        new NotApplied(new StoreRefusal.WrongKind(new Key("some:key"), Kind.OTHER)),
        new NotApplied(new StoreRefusal.Rejected("OOM")));

    List<PersistOutcome> outcomes =
        persist(pause, snapshot("europe", "a", AT), snapshot("mena", "b", AT));

    assertThat(outcomes)
        .extracting(PersistSnapshotsTest::codeOf)
        .containsExactly("WRONG_KIND", "STORE_REJECTED");
    assertThat(((PersistOutcome.Refused) outcomes.get(0)).refusal().message()).contains("some:key");
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Check.class,
      names = {"CLOCKS_AGREE", "WITHIN_RETENTION", "ID_FREE", "INDEX_ADMITS", "TIMESTAMP_FREE"})
  void persist_guardFailed_isRefusedWithItsReason(Check check) {
    Observation observed = switch (check) {
      case CLOCKS_AGREE -> new Observation.Clock(AT);
      case WITHIN_RETENTION, INDEX_ADMITS -> new Observation.Entry(new IndexEntry("other", AT));
      default -> Observation.Held.of(Value.utf8("other"));
    };
    store.answer(failed(check, observed));

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .extracting(PersistSnapshotsTest::codeOf)
        .containsExactly(
            switch (check) {
              case CLOCKS_AGREE -> "CLOCKS_DISAGREE";
              case WITHIN_RETENTION -> "OLDER_THAN_RETENTION";
              case ID_FREE -> "ID_TAKEN";
              default -> "TIMESTAMP_TAKEN";
            });
  }

  @Test
  void persist_idInTheIndexAtAnotherTime_isTaken() {
    store.answer(failed(Check.INDEX_ADMITS, new Observation.Entry(new IndexEntry("a", AT - 1))));

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .extracting(PersistSnapshotsTest::codeOf)
        .containsExactly("ID_TAKEN");
  }

  @Test
  void persist_claimOfAStoredSnapshot_isDuplicate() {
    store
        .answer(failed(Check.CLAIM_FREE, Observation.Held.of(Value.utf8("winner"))))
        .answer(new GuardFailed(7, Observation.Held.of(Value.utf8("body"))));

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Duplicate(new SnapshotId("winner")));
    assertThat(store.commits.get(1).get(0).guards())
        .element(7)
        .isEqualTo(new Guard.Absent(new Key("snapshot:id:{mena}:winner")));
    assertThat(pauses).isEmpty();
  }

  @Test
  void persist_claimWithNothingBehindIt_isOverwritten() {
    store
        .answer(failed(Check.CLAIM_FREE, Observation.Held.of(Value.utf8("lost"))))
        .answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(store.commits.get(1).get(0).guards())
        .contains(new Guard.Equal(
            new Key("snapshot:dedup:{mena}:scheduled_6h:1985760"), Value.utf8("lost")));
  }

  @Test
  void persist_claimThatChangedMeanwhile_isJudgedAnew() {
    store
        .answer(failed(Check.CLAIM_FREE, Observation.Held.of(Value.utf8("lost"))))
        .answer(new GuardFailed(6, new Observation.Nothing()))
        .answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(store.commits.get(2)).isEqualTo(store.commits.get(0));
  }

  @Test
  void persist_claimOrPointerThatHoldsNoId_isDriftIfLongAndOverwrittenIfShort() {
    Observation tooLong = Observation.Held.of(Value.utf8("x".repeat(300)));
    store.answer(failed(Check.CLAIM_FREE, tooLong), failed(Check.POINTER_KNOWN, tooLong));
    assertThat(persist(pause, snapshot("europe", "a", AT), snapshot("mena", "b", AT)))
        .extracting(PersistSnapshotsTest::codeOf)
        .containsExactly("DRIFTED", "DRIFTED");

    Observation noId = Observation.Held.of(Value.utf8("{no id}"));
    store
        .answer(failed(Check.CLAIM_FREE, noId), failed(Check.POINTER_KNOWN, noId))
        .answer(APPLIED, APPLIED);
    assertThat(persist(pause, snapshot("europe", "a", AT), snapshot("mena", "b", AT)))
        .containsOnly(new PersistOutcome.Persisted());
    assertThat(store.reads).isZero();
  }

  @Test
  void persist_pointerToAnOlderSnapshotOutsideTheIndex_isMoved() {
    Snapshot older = snapshot("mena", "older", AT - 1);
    store
        .put(new Key("snapshot:id:{mena}:older"), older.body())
        .answer(failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("older"))))
        .answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(store.commits.get(1).get(0).writes()).anyMatch(Write.PointAtTop.class::isInstance);
  }

  @Test
  void persist_pointerToASnapshotOfTheSameInstantOrOfAnotherRegion_isMoved() {
    store
        .put(new Key("snapshot:id:{mena}:same"), snapshot("mena", "same", AT).body())
        .put(
            new Key("snapshot:id:{europe}:other"),
            snapshot("mena", "other", AT + 1).body())
        .answer(
            failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("same"))),
            failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("other"))))
        .answer(APPLIED, APPLIED);

    persist(pause, snapshot("mena", "a", AT), snapshot("europe", "b", AT));
    assertThat(store.commits.get(1))
        .hasSize(2)
        .allMatch(each -> each.writes().stream().anyMatch(Write.PointAtTop.class::isInstance));
  }

  @Test
  void persist_pointerToANewerSnapshotOutsideTheIndex_isLeftAlone() {
    Snapshot newer = snapshot("mena", "newer", AT + 1);
    store
        .put(new Key("snapshot:id:{mena}:newer"), newer.body())
        .answer(failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("newer"))))
        .answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(store.commits.get(1).get(0).writes()).noneMatch(Write.PointAtTop.class::isInstance);
  }

  @Test
  void persist_pointerToNothing_isMovedIfStillNothingIsThere() {
    store
        .answer(failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("gone"))))
        .answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(store.commits.get(1).get(0).guards())
        .contains(new Guard.Absent(new Key("snapshot:id:{mena}:gone")));
  }

  @Test
  void persist_pointerToAnUnreadableBodyOrKind_isMoved() {
    store
        .put(new Key("snapshot:id:{europe}:broken"), Value.utf8("not a document"))
        .put(new Key("snapshot:id:{mena}:kind"), new IndexEntry("x", 1))
        .answer(
            failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("broken"))),
            failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("kind"))))
        .answer(APPLIED, APPLIED);

    assertThat(persist(pause, snapshot("europe", "a", AT), snapshot("mena", "b", AT)))
        .containsOnly(new PersistOutcome.Persisted());
    assertThat(store.reads).isEqualTo(1);
    assertThat(store.commits.get(1))
        .hasSize(2)
        .allMatch(each -> each.writes().stream().anyMatch(Write.PointAtTop.class::isInstance));
  }

  @Test
  void persist_pointerThatLeadsWhereNothingCanBeRead_waitsForTheStore() {
    store
        .failAt(new Key("snapshot:id:{mena}:far"))
        .answer(failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("far"))))
        .answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(pauses).hasSize(1);
  }

  @Test
  void persist_pointerThatChangedMeanwhile_isJudgedAnew() {
    store
        .answer(failed(Check.POINTER_KNOWN, Observation.Held.of(Value.utf8("a"))))
        .answer(new GuardFailed(7, new Observation.Nothing()))
        .answer(APPLIED);

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .containsExactly(new PersistOutcome.Persisted());
    assertThat(store.commits.get(2)).isEqualTo(store.commits.get(0));
  }

  @Test
  void persist_keysThatKeepChanging_waitsInsteadOfSpinning() {
    Observation noId = Observation.Held.of(Value.utf8("{no id}"));
    for (int i = 0; i < 100; i++) {
      store.answer(failed(Check.CLAIM_FREE, noId));
      store.answer(new GuardFailed(6, new Observation.Nothing()));
    }

    assertThat(persist(pause, snapshot("mena", "a", AT)))
        .extracting(PersistSnapshotsTest::codeOf)
        .containsExactly("STORE_UNAVAILABLE");
    assertThat(store.commits.size()).isLessThan(30);
  }

  @Test
  void persist_storeThatBreaksThePort_isABugNotAnOutcome() {
    store.answer(APPLIED, APPLIED);
    assertThatThrownBy(() -> persist(pause, snapshot("mena", "a", AT)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 answers to 1");

    store.answer(failed(Check.CLAIM_FREE, new Observation.Nothing()));
    assertThatThrownBy(() -> persist(pause, snapshot("mena", "a", AT)))
        .isInstanceOf(IllegalStateException.class);
    store.answer(failed(Check.CLOCKS_AGREE, new Observation.Nothing()));
    assertThatThrownBy(() -> persist(pause, snapshot("mena", "a", AT)))
        .isInstanceOf(IllegalStateException.class);
    store.answer(failed(Check.INDEX_ADMITS, new Observation.Nothing()));
    assertThatThrownBy(() -> persist(pause, snapshot("mena", "a", AT)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void retryPolicy_thatMakesNoSense_isRefused() {
    Duration one = Duration.ofMillis(1);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, one, one))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(one.multipliedBy(2), one, one))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(one, one, one.negated()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RetryPolicy.DEFAULT.delayBefore(1000, Duration.ZERO))
        .contains(Duration.ofSeconds(2));
  }

  private List<PersistOutcome> persist(Pause waiting, Snapshot... snapshots) {
    return new PersistSnapshots(
            store,
            KeyLayout.TAGGED,
            Policy.DEFAULT,
            Documents.PARSER,
            RetryPolicy.DEFAULT,
            () -> now,
            waiting)
        .persist(List.of(snapshots));
  }

  /** The first plan has one guard for each of these checks, in this order. */
  private static CommitResult failed(Check check, Observation observed) {
    List<Check> order = List.of(
        Check.NOT_YET_WHOLE,
        Check.CLOCKS_AGREE,
        Check.WITHIN_RETENTION,
        Check.ID_FREE,
        Check.INDEX_ADMITS,
        Check.TIMESTAMP_FREE,
        Check.CLAIM_FREE,
        Check.POINTER_KNOWN);
    return new GuardFailed(order.indexOf(check), observed);
  }

  private static String idOf(Transaction transaction) {
    return transaction.writes().stream()
        .filter(Write.Add.class::isInstance)
        .map(write -> ((Write.Add) write).entry().member())
        .findFirst()
        .orElseThrow();
  }

  private static String codeOf(PersistOutcome outcome) {
    return outcome.match(
        () -> "Persisted",
        () -> "AlreadyPersisted",
        duplicate -> "Duplicate",
        refused -> refused.refusal().code().name(),
        unknown -> "Unknown",
        torn -> "Torn");
  }
}
