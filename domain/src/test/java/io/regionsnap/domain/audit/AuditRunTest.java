package io.regionsnap.domain.audit;

import static io.regionsnap.domain.Documents.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.Documents;
import io.regionsnap.domain.KeptStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.audit.AuditOutcome.Complete;
import io.regionsnap.domain.audit.AuditOutcome.CutShort;
import io.regionsnap.domain.audit.AuditOutcome.Totals;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an audit looks at, whom it tells, and what it does while others write. */
class AuditRunTest {
  private static final long NOW = 1_787_184_007_093L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Region EUROPE = new Region("europe");
  private static final Region MENA = new Region("mena");

  private final KeptStore store = new KeptStore(NOW);
  private final Listening listener = new Listening();
  private KeyLayout layout = KeyLayout.TAGGED;

  /** Remembers what it is told. */
  private static final class Listening implements AuditListener {
    private final List<Region> regions = new ArrayList<>();
    private final List<Drift> drifts = new ArrayList<>();
    private final List<Long> looked = new ArrayList<>();

    @Override
    public void region(Region region) {
      regions.add(region);
    }

    @Override
    public void drifted(Drift drift) {
      drifts.add(drift);
    }

    @Override
    public void looked(long keys) {
      looked.add(keys);
    }

    List<FindingCode> codes() {
      return drifts.stream()
          .flatMap(drift -> drift.findings().stream())
          .map(Finding::code)
          .toList();
    }
  }

  /** Lets somebody write just before the n-th read, and never again. */
  private record Meanwhile(KeptStore store, AtomicInteger readsLeft, Runnable writes)
      implements TransactionalStore {
    @Override
    public List<CommitResult> commit(List<Transaction> transactions) {
      throw new AssertionError("an audit never writes");
    }

    @Override
    public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
      if (readsLeft.getAndDecrement() == 0) {
        writes.run();
      }
      return store.read(queries);
    }

    @Override
    public ReadResult<ScanPage> scan(Scan scan) {
      return store.scan(scan);
    }

    @Override
    public void close() {}
  }

  private AuditRegions audits(TransactionalStore audited) {
    return new AuditRegions(
        audited, layout, Policy.DEFAULT, Documents.PARSER, () -> Instant.ofEpochMilli(NOW));
  }

  private void put(Key key, Value value, long generatedAt) {
    store.keys.put(key, new ObservedValue(value, OptionalLong.of(generatedAt + 91 * DAY)));
  }

  private void views(Snapshot snapshot) {
    long at = snapshot.generatedAtMillis();
    put(layout.idView(snapshot.region(), snapshot.id()), snapshot.body(), at);
    put(layout.timestampView(snapshot.region(), at), snapshot.body(), at);
  }

  private void index(Region region, List<Snapshot> snapshots) {
    List<IndexEntry> entries = snapshots.stream()
        .map(each -> new IndexEntry(each.id().text(), each.generatedAtMillis()))
        .sorted()
        .toList();
    IndexEntry top = entries.get(entries.size() - 1);
    store.keys.put(
        layout.index(region), new ObservedIndex(entries, OptionalLong.of(top.score() + 91 * DAY)));
    put(layout.pointer(region), Value.utf8(top.member()), top.score());
  }

  private void whole(Region region, int count) {
    List<Snapshot> snapshots = IntStream.range(0, count)
        .mapToObj(i -> snapshot(region.name(), region.name() + "-" + i, NOW - (i + 1) * 1000L))
        .toList();
    snapshots.forEach(this::views);
    index(region, snapshots);
  }

  @ParameterizedTest
  @EnumSource
  void allRegions_areToldOfOnceInOrderAndCounted(KeyLayout each) {
    layout = each;
    whole(MENA, 3);
    whole(EUROPE, 40);
    put(layout.quarantine(MENA, 7, layout.pointer(MENA)), Value.utf8("aside"), NOW);

    assertThat(audits(store).audit(listener)).isEqualTo(new Complete(new Totals(2, 43, 0, 1)));
    assertThat(listener.regions).containsExactly(EUROPE, MENA);
    assertThat(listener.drifts).isEmpty();
    // Two views of each snapshot, and once more the one that each pointer names.
    assertThat(listener.looked).isSorted().last().isEqualTo(88L);
  }

  @ParameterizedTest
  @EnumSource
  void someRegions_noOtherIsLookedAt(KeyLayout each) {
    layout = each;
    whole(MENA, 3);
    whole(EUROPE, 2);
    store.keys.remove(layout.pointer(EUROPE));

    assertThat(audits(store).audit(List.of(MENA), listener))
        .isEqualTo(new Complete(new Totals(1, 3, 0, 0)));
    assertThat(listener.regions).containsExactly(MENA);
  }

  @Test
  void regionWithoutIndex_isFoundByItsOtherKeys() {
    views(snapshot("mena", "alone", NOW - 1000));

    assertThat(audits(store).audit(listener)).isInstanceOf(Complete.class);
    assertThat(listener.regions).containsExactly(MENA);
    assertThat(listener.codes()).contains(FindingCode.INDEX_MISSING);
  }

  @Test
  void findings_areCountedEach() {
    whole(MENA, 30);
    store.keys.remove(layout.idView(MENA, snapshot("mena", "mena-29", 0).id()));
    store.keys.remove(layout.pointer(MENA));

    AuditOutcome outcome = audits(store).audit(listener);
    assertThat(listener.codes())
        .containsExactlyInAnyOrder(FindingCode.POINTER_MISSING, FindingCode.INDEX_DANGLING);
    assertThat(outcome).isEqualTo(new Complete(new Totals(1, 30, 2, 0)));
  }

  @Test
  void manyMembersAtOneInstant_areEachLookedAtOnce() {
    List<Snapshot> tied = IntStream.range(0, 40)
        .mapToObj(i -> snapshot("mena", "tied-%02d".formatted(i), NOW - 1000))
        .toList();
    tied.forEach(this::views);
    index(MENA, tied);

    AuditOutcome outcome = audits(store).audit(listener);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Complete.class,
            complete -> assertThat(complete.totals().snapshots()).isEqualTo(40));
    assertThat(
            listener.drifts.stream().map(Drift::subject).filter(Subject.Member.class::isInstance))
        .doesNotHaveDuplicates();
  }

  @Test
  void viewsWithTheSameBytes_areParsedOnce() {
    whole(MENA, 40);
    store.keys.replaceAll((key, seen) -> seen instanceof ObservedValue value
        ? new ObservedValue(Value.copyOf(value.value().toByteArray()), value.expiresAtMillis())
        : seen);
    AtomicInteger parsed = new AtomicInteger();
    SnapshotParser counting = new SnapshotParser(document -> {
      parsed.incrementAndGet();
      return Documents.READER.read(document);
    });

    AuditOutcome outcome = new AuditRegions(
            store, layout, Policy.DEFAULT, counting, () -> Instant.ofEpochMilli(NOW))
        .audit(listener);
    assertThat(outcome).isEqualTo(new Complete(new Totals(1, 40, 0, 0)));
    assertThat(parsed).hasValue(40);
  }

  @Test
  void pointerMendedMeanwhile_isNeverReportedAsAnythingElse() {
    whole(MENA, 3);
    Value right = Value.utf8("mena-0");
    int reported = 0;
    int reads = 0;
    for (boolean written = true; written; reads++) {
      listener.drifts.clear();
      put(layout.pointer(MENA), Value.utf8("mena-2"), NOW - 1000);
      AtomicInteger left = new AtomicInteger(reads);
      audits(new Meanwhile(store, left, () -> put(layout.pointer(MENA), right, NOW - 1000)))
          .audit(listener);
      assertThat(listener.codes()).isSubsetOf(FindingCode.POINTER_STALE);
      reported += listener.drifts.size();
      written = left.get() < 0;
    }
    assertThat(reported).as("reported if mended late").isPositive();
    assertThat(reported).as("but not if mended before the second look").isLessThan(reads - 1);
  }

  @Test
  void namesUnreadable_isCutShort() {
    whole(MENA, 3);
    store.unreadable = Optional.of(new Key("scan"));

    assertThat(audits(store).audit(listener)).isInstanceOf(CutShort.class);
    assertThat(audits(store).audit(List.of(MENA), listener))
        .isInstanceOfSatisfying(CutShort.class, cut -> {
          assertThat(cut.totals()).isEqualTo(new Totals(1, 3, 0, 0));
          assertThat(cut.message()).contains("no answer");
        });
  }
}
