package io.regionsnap.domain.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.domain.FakeStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of what stores answer. That real stores pass is shown where they are. */
class DiagnoseStoreTest {
  private static final Region MENA = new Region("mena");
  private static final long NOW = 1_787_184_000_000L;
  private static final long MINUTE = 60_000;
  private static final CommitResult APPLIED = new CommitResult.Applied();
  private static final CommitResult IN_DOUBT = new CommitResult.InDoubt("no answer");
  private static final CommitResult REFUSED =
      new CommitResult.NotApplied(new StoreRefusal.Rejected("NOPERM no"));
  private static final CommitResult UNAVAILABLE =
      new CommitResult.NotApplied(new StoreRefusal.Unavailable("READONLY"));

  private final FakeStore store = new FakeStore();
  private final List<Check> checks = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final TrialKeys keys = keys(0, NOW);
  private long nanosForEach = 1_500_000;
  private KeyLayout layout = KeyLayout.TAGGED;

  /** The name is the one by which checks are compared. */
  private record Check(String name, String verdict, String seen, String advice) {}

  /** A store that tells of itself, beside what it answers. */
  private static final class Telling implements TransactionalStore, StoreDiagnostics {
    private final TransactionalStore store;
    private final List<CommitWay> ways;
    private final List<KeyGroup> asked = new ArrayList<>();

    Telling(TransactionalStore store, CommitWay... ways) {
      this.store = store;
      this.ways = List.of(ways);
    }

    @Override
    public List<CommitWay> commitWays() {
      return ways;
    }

    @Override
    public List<StoreDiagnostics.Check> check(List<KeyGroup> groups) {
      asked.addAll(groups);
      return List.of(StoreDiagnostics.Check.pass("told", "well"));
    }

    @Override
    public List<CommitResult> commit(List<Transaction> transactions) {
      throw new AssertionError("committed by no way");
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
    public void close() {}
  }

  private static TrialKeys keys(int way, long storeNow) {
    return new TrialKeys(KeyLayout.TAGGED, MENA, "%d-2a-%d".formatted(NOW, way), storeNow);
  }

  private FakeStore clock(FakeStore way, long millis) {
    return way.answer(new CommitResult.GuardFailed(0, new Observation.Clock(millis)));
  }

  /** What the store holds once a trial was applied. */
  private void hold(TrialKeys trial) {
    hold(store, trial);
  }

  private static void hold(FakeStore holder, TrialKeys trial) {
    holder
        .put(trial.idView(), TrialKeys.BODY)
        .put(trial.timestampView(), TrialKeys.BODY)
        .put(trial.pointer(), Value.utf8(TrialKeys.MEMBER))
        .put(trial.index(), trial.entry())
        .describe(
            trial.idView(),
            new KeyDescription(Kind.VALUE, OptionalLong.of(trial.expiresAtMillis())));
  }

  private static CommitResult wrongKind() {
    return new CommitResult.NotApplied(new StoreRefusal.WrongKind(new Key("any"), Kind.VALUE));
  }

  private static void keepPromises(FakeStore way) {
    way.answer(APPLIED)
        .answer(new CommitResult.GuardFailed(2, new Observation.Nothing()))
        .answer(wrongKind(), wrongKind())
        .answer(APPLIED);
  }

  private Diagnosis diagnose(TransactionalStore diagnosed) {
    return new DiagnoseStore(
            diagnosed,
            layout,
            Policy.DEFAULT,
            () -> Instant.ofEpochMilli(NOW),
            () -> nanos.getAndAdd(nanosForEach),
            () -> 42)
        .diagnose(
            MENA,
            check -> checks.add(
                new Check(check.name(), check.verdict().name(), check.seen(), check.advice())));
  }

  private Telling alone() {
    return new Telling(store, new StoreDiagnostics.CommitWay("", store, ""));
  }

  private Check check(String name) {
    assertThat(checks).extracting(Check::name).contains(name);
    return checks.stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void assertNot(String verdict, String name, String seen) {
    assertThat(check(name).verdict()).as(name).isEqualTo(verdict);
    assertThat(check(name).seen()).contains(seen);
    assertThat(check(name).advice()).isNotBlank();
  }

  private List<Transaction> committed(int at) {
    return store.commits.get(at);
  }

  @Test
  void soundStore_passesAll_andIsLeftAsItWas() {
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    assertThat(diagnose(alone())).isEqualTo(new Diagnosis.Sound(12));
    assertThat(checks).extracting(Check::verdict).containsOnly("PASS");
    assertThat(checks)
        .extracting(Check::name)
        .containsExactly(
            "reach",
            "latency",
            "clock",
            "transaction",
            "failed-guard",
            "wrong-kind",
            "commits",
            "reads",
            "expiry",
            "scan",
            "cleanup",
            "told");
    assertThat(check("latency").seen()).isEqualTo("1.50 ms for a read, the median of 5");
    assertThat(store.commits).hasSize(5);
    assertThat(committed(4)).containsExactly(keys.removal());
  }

  /** Every key that any transaction may write is deleted in the end, and has an expiry. */
  @Test
  void whatIsWritten_isDeletedInTheEnd() {
    assertThat(keys.removal().writtenKeys())
        .containsAll(keys.whole().writtenKeys())
        .containsAll(keys.guarded().writtenKeys())
        .containsAll(keys.valueAsIndex().writtenKeys())
        .containsAll(keys.indexAsValue().writtenKeys());
  }

  @Test
  void trialKeys_areNobodysData_andBesideThoseOfTheirRegion() {
    for (KeyLayout each : KeyLayout.values()) {
      for (Key key : new TrialKeys(each, MENA, "x", NOW).removal().writtenKeys()) {
        assertThat(each.roleOf(key)).as(key.name()).isEmpty();
        assertThat(each.prefixes()).anyMatch(prefix -> key.name().startsWith(prefix));
      }
    }
    assertThat(keys.removal().writtenKeys())
        .allMatch(key -> key.name().startsWith("snapshot:doctor:{mena}:"));
  }

  @Test
  void storeThatTellsNothing_isAWarning() {
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    assertThat(diagnose(store)).isEqualTo(new Diagnosis.AtRisk(12, 1));
    assertNot("WARN", "store", "tells nothing");
  }

  @Test
  void unreachable_fails_andNothingElseIsTried() {
    store.failAt(KeyLayout.TAGGED.trial(MENA, NOW + "-2a"));
    assertThat(diagnose(alone())).isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    assertNot("FAIL", "reach", "no answer");
    assertThat(store.reads).isEqualTo(1);
    assertThat(store.commits).isEmpty();
  }

  @Test
  void slowStore_isAWarning() {
    nanosForEach = 501_000_000;
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    assertThat(diagnose(alone())).isEqualTo(new Diagnosis.AtRisk(12, 1));
    assertNot("WARN", "latency", "501.00 ms");
  }

  @ParameterizedTest
  @CsvSource({
    "0, PASS, agrees",
    "60000, PASS, 60.0 s ahead",
    "60001, WARN, 60.0 s ahead",
    "-120000, WARN, 120.0 s behind",
    "899999, WARN, 900.0 s ahead",
    "900000, FAIL, 900.0 s ahead",
    "-9000000, WARN, 9000.0 s behind"
  })
  void clocksApart_isJudgedByWhatItBreaks(long ahead, String verdict, String seen) {
    hold(keys(0, NOW + ahead));
    clock(store, NOW + ahead);
    keepPromises(store);
    diagnose(alone());
    assertThat(check("clock").verdict()).isEqualTo(verdict);
    assertThat(check("clock").seen()).contains(seen);
    assertThat(check("transaction").verdict()).isEqualTo("PASS");
    assertThat(committed(1)).containsExactly(keys(0, NOW + ahead).whole());
  }

  @Test
  void clockThatIsNotVisible_isAWarning_andOursIsTakenForIt() {
    hold(keys);
    store.answer(UNAVAILABLE);
    keepPromises(store);
    diagnose(alone());
    assertNot("WARN", "clock", "READONLY");
    assertThat(check("commits").verdict()).isEqualTo("PASS");
  }

  @Test
  void writingRefused_fails_andThereIsNothingToDelete() {
    store.answer(REFUSED).answer(REFUSED);
    assertThat(diagnose(alone())).isInstanceOf(Diagnosis.Unfit.class);
    assertNot("FAIL", "transaction", "refused: NOPERM no");
    assertNot("FAIL", "commits", "refuses to be written");
    assertThat(check("cleanup").verdict()).isEqualTo("PASS");
    assertThat(check("told").verdict()).isEqualTo("PASS");
    assertThat(store.commits).hasSize(2);
  }

  @Test
  void firstWayRefused_isAWarning_andTheSecondIsJudged() {
    FakeStore first = new FakeStore().answer(REFUSED).answer(REFUSED);
    FakeStore second = new FakeStore();
    clock(second, NOW);
    keepPromises(second);
    hold(keys(1, NOW));
    hold(second, keys(1, NOW));
    assertThat(diagnose(new Telling(
            store,
            new StoreDiagnostics.CommitWay("script", first, ""),
            new StoreDiagnostics.CommitWay("multi-exec", second, "half a promise"))))
        .isEqualTo(new Diagnosis.AtRisk(13, 2));
    assertNot("WARN", "script-transaction", "refused: NOPERM no");
    assertThat(check("multi-exec-wrong-kind").verdict()).isEqualTo("PASS");
    assertNot("WARN", "commits", "by multi-exec: half a promise");
  }

  @Test
  void secondWayRefused_isAWarning_thatCommitsDoNotShare() {
    clock(store, NOW);
    keepPromises(store);
    hold(keys);
    FakeStore second = new FakeStore().answer(REFUSED);
    diagnose(new Telling(
        store,
        new StoreDiagnostics.CommitWay("script", store, ""),
        new StoreDiagnostics.CommitWay("multi-exec", second, "half a promise")));
    assertNot("WARN", "multi-exec-transaction", "refused: NOPERM no");
    assertThat(check("commits"))
        .isEqualTo(new Check(
            "commits", "PASS", "snapshots are persisted wholly or not at all, by script", ""));
  }

  /** Nor do they share what is worse, and there is more to be asked. */
  @Test
  void secondWayBrokenOrUnanswered_isAWarning() {
    for (CommitResult worse : List.of(IN_DOUBT, new CommitResult.Torn(List.of(), "half"))) {
      checks.clear();
      FakeStore first = clock(new FakeStore(), NOW);
      keepPromises(first);
      hold(first, keys);
      hold(keys);
      FakeStore second = new FakeStore().answer(worse).answer(APPLIED);
      assertThat(diagnose(new Telling(
              store,
              new StoreDiagnostics.CommitWay("script", first, ""),
              new StoreDiagnostics.CommitWay("multi-exec", second, ""))))
          .isInstanceOf(Diagnosis.AtRisk.class);
      assertThat(check("multi-exec-transaction").verdict()).isEqualTo("WARN");
      assertThat(check("told").verdict()).isEqualTo("PASS");
    }
  }

  @Test
  void bothWaysRefused_bothFail() {
    diagnose(new Telling(
        store,
        new StoreDiagnostics.CommitWay(
            "script", new FakeStore().answer(REFUSED).answer(REFUSED), ""),
        new StoreDiagnostics.CommitWay(
            "multi-exec", new FakeStore().answer(REFUSED).answer(REFUSED), "")));
    assertNot("FAIL", "script-transaction", "NOPERM");
    assertNot("FAIL", "multi-exec-transaction", "NOPERM");
    assertNot("FAIL", "commits", "refuses");
  }

  @Test
  void firstWayBroken_failsThoughTheSecondWouldDo() {
    FakeStore first = clock(new FakeStore(), NOW)
        .answer(new CommitResult.Torn(List.of(keys.idView()), "half of it"))
        .answer(APPLIED);
    FakeStore second = new FakeStore();
    keepPromises(second);
    hold(second, keys(1, NOW));
    diagnose(new Telling(
        store,
        new StoreDiagnostics.CommitWay("script", first, ""),
        new StoreDiagnostics.CommitWay("multi-exec", second, "")));
    assertNot("FAIL", "script-transaction", "applied in part: half of it");
    assertNot("FAIL", "commits", "cannot be persisted wholly or not at all, by script");
    assertThat(first.commits).hasSize(3);
    assertThat(first.commits.get(2)).containsExactly(keys.removal());
  }

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
  void cleanUpFails_isTriedOnceMore_andNamesWhatIsLeft() {
    hold(keys);
    clock(store, NOW)
        .answer(APPLIED)
        .answer(new CommitResult.GuardFailed(2, new Observation.Nothing()))
        .answer(wrongKind(), wrongKind())
        .answer(UNAVAILABLE)
        .answer(IN_DOUBT);
    diagnose(alone());
    assertNot("WARN", "cleanup", "snapshot:doctor:{mena}:" + NOW + "-2a-0:* could not be deleted");
    assertThat(check("cleanup").advice()).contains("5 minutes");
  }

  @Test
  void removalWithoutAnswer_isRepeated() {
    hold(keys);
    clock(store, NOW)
        .answer(APPLIED)
        .answer(new CommitResult.GuardFailed(2, new Observation.Nothing()))
        .answer(wrongKind(), wrongKind())
        .answer(IN_DOUBT)
        .answer(APPLIED);
    diagnose(alone());
    assertThat(check("cleanup").verdict()).isEqualTo("PASS");
  }

  @Test
  void listenerThrows_whatWasWrittenIsDeletedAllTheSame() {
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    assertThatThrownBy(() -> new DiagnoseStore(
                alone(),
                KeyLayout.TAGGED,
                Policy.DEFAULT,
                () -> Instant.ofEpochMilli(NOW),
                () -> 0,
                () -> 42)
            .diagnose(MENA, check -> {
              if (check.name().equals("transaction")) {
                throw new IllegalStateException("interrupted");
              }
            }))
        .hasMessage("interrupted");
    assertThat(committed(4)).containsExactly(keys.removal());
  }

  @Test
  void interruptPending_isPutOffUntilAllIsDeleted() {
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    Thread.currentThread().interrupt();
    diagnose(alone());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(check("cleanup").verdict()).isEqualTo("PASS");
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

  @ParameterizedTest
  @CsvSource({"TAGGED, tagged", "WORLDMONITOR, worldmonitor"})
  void keysOfBothLayouts_areAskedAbout_andOneIsInUse(KeyLayout chosen, String inUse) {
    layout = chosen;
    Telling telling = alone();
    clock(store, NOW).answer(REFUSED);
    diagnose(telling);
    assertThat(telling.asked)
        .extracting(StoreDiagnostics.KeyGroup::name)
        .containsExactly("tagged", "worldmonitor");
    for (StoreDiagnostics.KeyGroup group : telling.asked) {
      assertThat(group.inUse()).isEqualTo(group.name().equals(inUse));
      assertThat(group.keys()).hasSize(6);
      KeyLayout each = KeyLayout.valueOf(group.name().toUpperCase(Locale.ROOT));
      assertThat(group.keys()).allMatch(key -> each.roleOf(key).isPresent());
    }
    assertThat(Arrays.stream(KeyLayout.values())).hasSize(telling.asked.size());
  }
}
