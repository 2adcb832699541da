package io.regionsnap.domain.repair;

import static io.regionsnap.domain.Documents.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.domain.Documents;
import io.regionsnap.domain.KeptStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the old writer leaves behind, and other drift: found, mended, and how repairs end. */
class RepairRegionsTest {
  private static final long NOW = 1_787_184_007_093L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Region MENA = new Region("mena");
  private static final OptionalLong NEVER = OptionalLong.empty();

  private final KeptStore store = new KeptStore(NOW);
  private final Snapshot old = snapshot("mena", "old", NOW - DAY);
  private final Snapshot latest = snapshot("mena", "latest", NOW - 1000);
  private final List<Duration> pauses = new ArrayList<>();
  private KeyLayout layout = KeyLayout.TAGGED;

  private static OptionalLong expiry(long at) {
    return OptionalLong.of(at + 91 * DAY);
  }

  private void idView(Snapshot snapshot) {
    put(idKey(snapshot), snapshot.body(), expiry(snapshot.generatedAtMillis()));
  }

  private void timestampView(Snapshot snapshot) {
    put(timeKey(snapshot), snapshot.body(), expiry(snapshot.generatedAtMillis()));
  }

  private Key idKey(Snapshot snapshot) {
    return layout.idView(snapshot.region(), snapshot.id());
  }

  private Key timeKey(Snapshot snapshot) {
    return layout.timestampView(snapshot.region(), snapshot.generatedAtMillis());
  }

  private void put(Key key, Value value, OptionalLong expiry) {
    store.keys.put(key, new ObservedValue(value, expiry));
  }

  private void index(Snapshot... snapshots) {
    TreeSet<IndexEntry> entries = new TreeSet<>();
    for (Snapshot snapshot : snapshots) {
      entries.add(new IndexEntry(snapshot.id().text(), snapshot.generatedAtMillis()));
    }
    indexEntries(entries.toArray(IndexEntry[]::new));
  }

  private void indexEntries(IndexEntry... entries) {
    List<IndexEntry> all = List.of(entries);
    store.keys.put(
        layout.index(MENA),
        new ObservedIndex(all, expiry(new TreeSet<>(all).last().score())));
  }

  private void pointer(Snapshot snapshot) {
    put(
        layout.pointer(MENA),
        snapshot.id().toValue(),
        expiry(Math.max(snapshot.generatedAtMillis(), latest.generatedAtMillis())));
  }

  private void whole() {
    for (Snapshot snapshot : List.of(old, latest)) {
      idView(snapshot);
      timestampView(snapshot);
    }
    index(old, latest);
    pointer(latest);
  }

  private RepairRegions repairs() {
    RetryPolicy retry =
        new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(3));
    return new RepairRegions(
        store,
        layout,
        Policy.DEFAULT,
        Documents.PARSER,
        retry,
        () -> java.time.Instant.ofEpochMilli(NOW),
        pauses::add);
  }

  private Set<FindingCode> codes() {
    List<Finding> findings = new ArrayList<>();
    AuditOutcome outcome = new AuditRegions(
            store,
            layout,
            Policy.DEFAULT,
            Documents.PARSER,
            () -> java.time.Instant.ofEpochMilli(NOW))
        .audit(drift -> findings.addAll(drift.findings()));
    assertThat(outcome).isInstanceOf(AuditOutcome.Complete.class);
    return findings.stream().map(Finding::code).collect(Collectors.toSet());
  }

  /** Finds just this, mends it in one transaction, and finds nothing more; returns what is left. */
  private Map<Key, ObservedKey> mends(FindingCode... expected) {
    assertThat(codes()).containsExactlyInAnyOrder(expected);
    assertThat(repairs().repair(Optional.empty(), drift -> {}))
        .isEqualTo(new RepairOutcome.Clean(1));
    assertThat(codes()).isEmpty();
    Map<Key, ObservedKey> after = new HashMap<>(store.keys);
    assertThat(repairs().repair(Optional.of(List.of(MENA)), drift -> {}))
        .isEqualTo(new RepairOutcome.Clean(0));
    assertThat(store.keys).isEqualTo(after);
    return after;
  }

  private Map<Key, ObservedKey> wholeKeys() {
    Map<Key, ObservedKey> drifted = new HashMap<>(store.keys);
    store.keys.clear();
    whole();
    Map<Key, ObservedKey> whole = new HashMap<>(store.keys);
    store.keys.clear();
    store.keys.putAll(drifted);
    return whole;
  }

  private List<Value> quarantined() {
    return store.keys.entrySet().stream()
        .filter(entry -> entry.getKey().name().contains("quarantine"))
        .map(entry -> ((ObservedValue) entry.getValue()).value())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void wholeRegion_isClean(KeyLayout either) {
    layout = either;
    whole();
    assertThat(codes()).isEmpty();
    assertThat(repairs().plan(Optional.empty(), drift -> {}))
        .isEqualTo(new PlanOutcome.Planned(new RepairPlan(List.of(), List.of())));
  }

  @ParameterizedTest
  @EnumSource
  void cutAfterTheFirstCommand_snapshotJoins(KeyLayout either) {
    layout = either;
    whole();
    store.keys.remove(idKey(latest));
    index(old);
    pointer(old);
    store.keys.put(layout.pointer(MENA), new ObservedValue(old.id().toValue(), expiry(NOW - DAY)));
    assertThat(mends(FindingCode.TS_VIEW_ORPHAN)).isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void cutAfterTheSecondCommand_snapshotJoinsAndLiveIsCleared(KeyLayout either) {
    layout = either;
    whole();
    index(old);
    store.keys.put(layout.pointer(MENA), new ObservedValue(old.id().toValue(), expiry(NOW - DAY)));
    put(layout.live(MENA), Value.utf8("provisional"), NEVER);
    assertThat(mends(FindingCode.INDEX_MISSING, FindingCode.TS_VIEW_ORPHAN)).isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void cutAfterTheThirdCommand_pointerAheadOfTheIndex_snapshotJoins(KeyLayout either) {
    layout = either;
    whole();
    index(old);
    store.keys.put(
        layout.pointer(MENA), new ObservedValue(latest.id().toValue(), expiry(NOW - DAY)));
    assertThat(mends(
            FindingCode.POINTER_ORPHAN, FindingCode.INDEX_MISSING, FindingCode.TS_VIEW_ORPHAN))
        .isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void idViewLost_isRestored(KeyLayout either) {
    layout = either;
    whole();
    store.keys.remove(idKey(latest));
    assertThat(mends(FindingCode.INDEX_DANGLING, FindingCode.POINTER_DANGLING))
        .isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void idViewOfAnOlderOneLost_pointerIsNotBlamed(KeyLayout either) {
    layout = either;
    whole();
    store.keys.remove(idKey(old));
    assertThat(mends(FindingCode.INDEX_DANGLING)).isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void bothViewsLost_memberLeavesWithANote(KeyLayout either) {
    layout = either;
    whole();
    store.keys.remove(idKey(latest));
    store.keys.remove(timeKey(latest));
    mends(FindingCode.INDEX_DANGLING, FindingCode.TS_VIEW_MISSING, FindingCode.POINTER_DANGLING);
    assertThat(quarantined()).containsExactly(Value.utf8((NOW - 1000) + " latest"));
    assertThat(store.keys.get(layout.pointer(MENA)))
        .isEqualTo(new ObservedValue(old.id().toValue(), expiry(NOW - DAY)));
  }

  @ParameterizedTest
  @EnumSource
  void indexOfTheWrongKind_isMovedAsideAndRebuilt(KeyLayout either) {
    layout = either;
    whole();
    put(layout.index(MENA), Value.utf8("no index"), NEVER);
    mends(
        FindingCode.WRONG_TYPE,
        FindingCode.POINTER_ORPHAN,
        FindingCode.INDEX_MISSING,
        FindingCode.TS_VIEW_ORPHAN);
    assertThat(quarantined()).containsExactly(Value.utf8("no index"));
    assertThat(store.keys).containsAllEntriesOf(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void pointerMovedBack_isMovedForward(KeyLayout either) {
    layout = either;
    whole();
    pointer(old);
    assertThat(mends(FindingCode.POINTER_STALE)).isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void twoInOneMillisecond_oneStaysAndTheOtherIsMovedAside(KeyLayout either) {
    layout = either;
    whole();
    Snapshot twin = snapshot("mena", "twin", latest.generatedAtMillis());
    idView(twin);
    index(old, latest, twin);
    pointer(twin);
    mends(FindingCode.SCORE_MISMATCH, FindingCode.VIEWS_DIFFER);
    assertThat(quarantined())
        .containsExactlyInAnyOrder(twin.body(), Value.utf8((NOW - 1000) + " twin"));
    assertThat(store.keys).containsAllEntriesOf(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void expiriesOfTheOldWriter_areMended(KeyLayout either) {
    layout = either;
    whole();
    put(idKey(old), old.body(), OptionalLong.of(NOW + 40 * DAY));
    put(timeKey(latest), latest.body(), NEVER);
    store.keys.put(
        layout.index(MENA),
        new ObservedIndex(
            List.of(new IndexEntry("old", NOW - DAY), new IndexEntry("latest", NOW - 1000)),
            NEVER));
    assertThat(mends(FindingCode.EXPIRY_DRIFT, FindingCode.NO_EXPIRY)).isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void claimToNothing_isDeleted(KeyLayout either) {
    layout = either;
    whole();
    Key claim = layout.claim(MENA, new TriggerReason("x"), 7);
    put(claim, Value.utf8("nobody"), OptionalLong.of(NOW + 1000));
    assertThat(mends(FindingCode.CLAIM_DANGLING)).isEqualTo(wholeKeys());
    put(claim, latest.id().toValue(), NEVER);
    mends(FindingCode.NO_EXPIRY);
    put(claim, Value.utf8("no id: é"), OptionalLong.of(NOW + 1000));
    mends(FindingCode.CLAIM_DANGLING);
    assertThat(quarantined()).containsExactly(Value.utf8("no id: é"));
  }

  @ParameterizedTest
  @EnumSource
  void claimToWhatIsMadeWhole_stays(KeyLayout either) {
    layout = either;
    whole();
    store.keys.remove(timeKey(latest));
    put(
        layout.claim(MENA, new TriggerReason("x"), 7),
        latest.id().toValue(),
        OptionalLong.of(NOW + 1000));
    assertThat(mends(FindingCode.TS_VIEW_MISSING, FindingCode.CLAIM_DANGLING))
        .containsKey(layout.claim(MENA, new TriggerReason("x"), 7));
  }

  @ParameterizedTest
  @EnumSource
  void viewsSwappedAndScoresWrong_eachGoesWhereItBelongs(KeyLayout either) {
    layout = either;
    whole();
    put(idKey(old), latest.body(), expiry(NOW - DAY));
    put(idKey(latest), old.body(), expiry(NOW - 1000));
    indexEntries(new IndexEntry("old", NOW - 1000), new IndexEntry("latest", NOW - DAY));
    pointer(old);
    codes();
    assertThat(repairs().repair(Optional.empty(), drift -> {}))
        .isEqualTo(new RepairOutcome.Clean(1));
    assertThat(store.keys).isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void contradictingBodies_theIdViewsStays(KeyLayout either) {
    layout = either;
    whole();
    Snapshot other = snapshot("mena", "latest", NOW - 1000, "other");
    put(timeKey(latest), other.body(), expiry(NOW - 1000));
    mends(FindingCode.VIEWS_DIFFER);
    assertThat(quarantined()).containsExactly(other.body());
    assertThat(store.keys).containsAllEntriesOf(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void unreadableAndOfAnotherKind_areMovedAside(KeyLayout either) {
    layout = either;
    whole();
    put(idKey(old), Value.utf8("broken"), expiry(NOW - DAY));
    store.keys.put(timeKey(latest), new ObservedOther(NEVER));
    put(layout.pointer(MENA), Value.utf8("no id: é"), expiry(NOW - 1000));
    store.keys.put(layout.live(MENA), new ObservedOther(NEVER));
    mends(
        FindingCode.PAYLOAD_UNREADABLE,
        FindingCode.VIEWS_DIFFER,
        FindingCode.WRONG_TYPE,
        FindingCode.POINTER_DANGLING);
    assertThat(store.keys).hasSize(10).containsAllEntriesOf(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void nothingLeft_pointerIsDeleted(KeyLayout either) {
    layout = either;
    pointer(latest);
    assertThat(mends(FindingCode.POINTER_DANGLING)).isEmpty();
    index(latest);
    mends(FindingCode.POINTER_MISSING, FindingCode.INDEX_DANGLING, FindingCode.TS_VIEW_MISSING);
    assertThat(store.keys).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void beyondRetentionOrAhead_isPrunedOrMovedAside(KeyLayout either) {
    layout = either;
    whole();
    Snapshot ancient = snapshot("mena", "ancient", NOW - 90 * DAY - 5000);
    idView(ancient);
    timestampView(ancient);
    index(ancient, old, latest);
    mends(FindingCode.UNPRUNED);
    assertThat(store.keys).containsKey(idKey(ancient)).hasSize(8);

    Snapshot future = snapshot("mena", "future", NOW + 200 * DAY);
    idView(future);
    timestampView(future);
    index(old, latest, future);
    pointer(future);
    assertThat(codes()).contains(FindingCode.UNPRUNED);
    assertThat(repairs().repair(Optional.empty(), drift -> {}))
        .isInstanceOf(RepairOutcome.Clean.class);
    assertThat(quarantined()).contains(future.body());
    assertThat(store.keys).containsAllEntriesOf(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void writerInBetween_makesThePlanStale(KeyLayout either) {
    layout = either;
    whole();
    pointer(old);
    store.beforeCommit = () -> put(layout.pointer(MENA), Value.utf8("third"), NEVER);
    List<StepOutcome> tried = new ArrayList<>();
    RepairOutcome outcome = repairs().repair(Optional.empty(), new RepairListener() {
      @Override
      public void drifted(io.regionsnap.domain.audit.Drift drift) {
        // Looked at through the steps.
      }

      @Override
      public void tried(RepairStep step, StepOutcome one) {
        tried.add(one);
      }
    });
    assertThat(outcome).isEqualTo(new RepairOutcome.Clean(1));
    assertThat(tried.get(0)).isInstanceOf(StepOutcome.Stale.class);
    assertThat(store.keys).isEqualTo(wholeKeys());
  }

  @ParameterizedTest
  @EnumSource
  void storeInTrouble_isTriedAgainAndThenFails(KeyLayout either) {
    layout = either;
    whole();
    pointer(old);
    store.answers.add(new CommitResult.InDoubt("lost"));
    store.answers.add(new CommitResult.NotApplied(new StoreRefusal.Unavailable("busy")));
    assertThat(repairs().repair(Optional.empty(), drift -> {}))
        .isEqualTo(new RepairOutcome.Clean(1));
    assertThat(pauses).hasSize(2);

    pointer(old);
    store.answers.add(new CommitResult.NotApplied(new StoreRefusal.Rejected("no")));
    assertThat(repairs().repair(Optional.empty(), drift -> {}))
        .isEqualTo(new RepairOutcome.Failed(0, "no"));
    for (int i = 0; i < 4; i++) {
      store.answers.add(new CommitResult.InDoubt("lost"));
    }
    assertThat(repairs().repair(Optional.empty(), drift -> {}))
        .isEqualTo(new RepairOutcome.Failed(0, "lost"));
    for (int i = 0; i < 20; i++) {
      store.answers.add(new CommitResult.Torn(List.of(), "half"));
    }
    assertThat(repairs().repair(Optional.empty(), drift -> {}))
        .isInstanceOf(RepairOutcome.Left.class);
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeRead_isNeverClean(KeyLayout either) {
    layout = either;
    whole();
    for (Key key : List.of(idKey(old), layout.index(MENA), new Key("scan"))) {
      store.unreadable = Optional.of(key);
      assertThat(repairs().repair(Optional.of(List.of(MENA)), drift -> {}))
          .isInstanceOf(RepairOutcome.Failed.class);
      assertThat(repairs().plan(Optional.of(List.of(MENA)), drift -> {}))
          .isInstanceOf(PlanOutcome.Unreadable.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void step_thatTakesAwayWhatWasNotSeen_isRefused(KeyLayout either) {
    Key key = new Key("key");
    for (Change change : List.of(
        new Change.Drop(key),
        new Change.Place(key, new Seen.Bytes("00", 1), 1),
        new Change.Aside(key, io.regionsnap.ports.Kind.VALUE, new Key("to"), 1))) {
      assertThatThrownBy(() -> new RepairStep(
              Optional.of(MENA),
              List.of(),
              Map.of(),
              either.index(MENA),
              List.of(),
              List.of(change)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @org.junit.jupiter.api.Test
  void idViewThatSaysNothing_isMovedAside_onlyIfAllIsRepaired() {
    layout = KeyLayout.WORLDMONITOR;
    whole();
    put(layout.idView(MENA, new SnapshotId("broken")), Value.utf8("broken"), NEVER);
    assertThat(repairs().repair(Optional.of(List.of(MENA)), drift -> {}))
        .isEqualTo(new RepairOutcome.Clean(0));
    Map<Key, ObservedKey> before = wholeKeys();
    assertThat(codes()).containsExactly(FindingCode.PAYLOAD_UNREADABLE);
    assertThat(repairs().repair(Optional.empty(), drift -> {}))
        .isEqualTo(new RepairOutcome.Clean(1));
    assertThat(quarantined()).containsExactly(Value.utf8("broken"));
    assertThat(store.keys).containsAllEntriesOf(before).hasSize(7);
  }

  @org.junit.jupiter.api.Test
  void outcomes_matchTheirCases() {
    assertThat(new StepOutcome.Applied().<String>match(() -> "a", s -> "s", f -> "f"))
        .isEqualTo("a");
    assertThat(new StepOutcome.Stale("x")
            .<String>match(() -> "a", StepOutcome.Stale::message, f -> "f"))
        .isEqualTo("x");
    assertThat(new StepOutcome.Failed("y")
            .<String>match(() -> "a", s -> "s", StepOutcome.Failed::message))
        .isEqualTo("y");
    assertThat(new RepairOutcome.Left(3, List.of())
            .<Integer>match(c -> 0, RepairOutcome.Left::applied, f -> 1))
        .isEqualTo(3);
    assertThat(new RepairOutcome.Failed(0, "z")
            .<String>match(c -> "c", l -> "l", RepairOutcome.Failed::message))
        .isEqualTo("z");
    assertThat(
            new RepairOutcome.Clean(2).<Integer>match(RepairOutcome.Clean::applied, l -> 0, f -> 1))
        .isEqualTo(2);
  }
}
