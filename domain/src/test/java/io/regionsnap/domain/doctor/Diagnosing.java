package io.regionsnap.domain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.FakeStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.CommitResult;
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
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** A store that is told what to answer, and what a doctor makes of it. */
abstract class Diagnosing {
  static final Region MENA = new Region("mena");
  static final long NOW = 1_787_184_000_000L;
  static final long MINUTE = 60_000;
  static final CommitResult APPLIED = new CommitResult.Applied();
  static final CommitResult IN_DOUBT = new CommitResult.InDoubt("no answer");
  static final CommitResult REFUSED =
      new CommitResult.NotApplied(new StoreRefusal.Rejected("NOPERM no"));
  static final CommitResult UNAVAILABLE =
      new CommitResult.NotApplied(new StoreRefusal.Unavailable("READONLY"));

  final FakeStore store = new FakeStore();
  final List<Check> checks = new ArrayList<>();
  final AtomicLong nanos = new AtomicLong();
  final TrialKeys keys = keys(0, NOW);
  long nanosForEach = 1_500_000;
  KeyLayout layout = KeyLayout.TAGGED;

  /** The name is the one by which checks are compared. */
  record Check(String name, String verdict, String seen, String advice) {}

  /** A store that tells of itself, beside what it answers. */
  static final class Telling implements TransactionalStore, StoreDiagnostics {
    private final TransactionalStore store;
    private final List<CommitWay> ways;
    final List<KeyGroup> asked = new ArrayList<>();

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

  static TrialKeys keys(int way, long storeNow) {
    return new TrialKeys(KeyLayout.TAGGED, MENA, "%d-2a-%d".formatted(NOW, way), storeNow);
  }

  FakeStore clock(FakeStore way, long millis) {
    return way.answer(new CommitResult.GuardFailed(0, new Observation.Clock(millis)));
  }

  /** What the store holds once a trial was applied. */
  void hold(TrialKeys trial) {
    hold(store, trial);
  }

  static void hold(FakeStore holder, TrialKeys trial) {
    holder
        .put(trial.idView(), TrialKeys.BODY)
        .put(trial.timestampView(), TrialKeys.BODY)
        .put(trial.pointer(), Value.utf8(TrialKeys.MEMBER))
        .put(trial.index(), trial.entry())
        .describe(
            trial.idView(),
            new KeyDescription(Kind.VALUE, OptionalLong.of(trial.expiresAtMillis())));
  }

  static CommitResult wrongKind() {
    return new CommitResult.NotApplied(new StoreRefusal.WrongKind(new Key("any"), Kind.VALUE));
  }

  static void keepPromises(FakeStore way) {
    way.answer(APPLIED)
        .answer(new CommitResult.GuardFailed(2, new Observation.Nothing()))
        .answer(wrongKind(), wrongKind())
        .answer(APPLIED);
  }

  Diagnosis diagnose(TransactionalStore diagnosed) {
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

  Telling alone() {
    return new Telling(store, new StoreDiagnostics.CommitWay("", store, ""));
  }

  Check check(String name) {
    assertThat(checks).extracting(Check::name).contains(name);
    return checks.stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void assertNot(String verdict, String name, String seen) {
    assertThat(check(name).verdict()).as(name).isEqualTo(verdict);
    assertThat(check(name).seen()).contains(seen);
    assertThat(check(name).advice()).isNotBlank();
  }

  List<Transaction> committed(int at) {
    return store.commits.get(at);
  }
}
