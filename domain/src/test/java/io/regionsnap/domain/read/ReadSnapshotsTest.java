package io.regionsnap.domain.read;

import static io.regionsnap.domain.Documents.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.domain.Documents;
import io.regionsnap.domain.FakeStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadSnapshotsTest {
  private static final long AT = 1_787_184_007_093L;
  private static final Region MENA = new Region("mena");
  private static final Region EUROPE = new Region("europe");
  private static final KeyLayout LAYOUT = KeyLayout.TAGGED;
  private static final Key POINTER = LAYOUT.pointer(MENA);
  private static final Key INDEX = LAYOUT.index(MENA);

  private final Snapshot oldest = snapshot("mena", "oldest", AT - 2);
  private final Snapshot older = snapshot("mena", "older", AT - 1);
  private final Snapshot newest = snapshot("mena", "newest", AT);
  private final FakeStore store = new FakeStore();
  private Instant now = Instant.ofEpochMilli(AT + 1000);
  private final ReadSnapshots read =
      new ReadSnapshots(store, LAYOUT, Policy.DEFAULT, Documents.PARSER, () -> now);

  @Test
  void latest_wholeRegions_areFoundInOneBatch() {
    store(oldest, older, newest);
    Snapshot other = snapshot("europe", "other", AT);
    store(other);

    assertThat(read.latest(List.of(EUROPE, new Region("global"), MENA)))
        .containsExactly(
            new ReadOutcome.Found(other), new ReadOutcome.None(), new ReadOutcome.Found(newest));
    assertThat(store.reads).isEqualTo(1);
    assertThat(read.latest(List.of())).isEmpty();
  }

  @Test
  void latest_pointerToAMissingBody_fallsBackToTheNewestReadable() {
    store(oldest, older);
    store.put(POINTER, Value.utf8("gone"));

    assertDrift(latest(), "which is not stored", older);
  }

  @Test
  void latest_pointerMissing_fallsBackToTheTop() {
    store(oldest, older);
    FakeStore drifted = new FakeStore();
    drifted
        .put(INDEX, entry(oldest), entry(older))
        .put(LAYOUT.idView(MENA, older.id()), older.body());
    ReadSnapshots readDrifted =
        new ReadSnapshots(drifted, LAYOUT, Policy.DEFAULT, Documents.PARSER, () -> now);

    assertDrift(readDrifted.latest(List.of(MENA)).get(0), "but no pointer", older);
  }

  @Test
  void latest_bodyThatIsNotWhatThePointerNames_fallsBack() {
    store(older, newest);
    store.put(LAYOUT.idView(MENA, newest.id()), older.body());
    assertDrift(latest(), "holds another snapshot", newest);

    store.put(LAYOUT.idView(MENA, newest.id()), Value.utf8("broken"));
    assertDrift(latest(), "holds no snapshot", newest);
  }

  @Test
  void latest_bothViewsOfTheNewestGone_fallsBackToTheOneBefore() {
    store(older, newest);
    store
        .put(LAYOUT.idView(MENA, newest.id()), Value.utf8("broken"))
        .put(LAYOUT.timestampView(MENA, AT), Value.utf8("broken too"));

    assertDrift(latest(), "holds no snapshot", older);
  }

  @Test
  void latest_nothingReadableAtAll_isDriftWithoutFallback() {
    store.put(POINTER, Value.utf8("gone"));

    assertThat(latest())
        .isEqualTo(new ReadOutcome.Drifted(
            "the pointer of mena names \"gone\", which is not stored", Optional.empty()));
  }

  @Test
  void latest_indexOfTheWrongKind_fallsBackToWhatThePointerNames() {
    store(newest);
    store.put(INDEX, Value.utf8("no index"));

    assertDrift(latest(), "wrong kind", newest);
  }

  @Test
  void latest_indexOfTheWrongKindAndNothingBehindThePointer_isDrift() {
    store.put(INDEX, Value.utf8("no index"));
    assertThat(latest()).isInstanceOf(ReadOutcome.Drifted.class);

    store.put(POINTER, Value.utf8("gone"));
    assertThat(latest()).isInstanceOf(ReadOutcome.Drifted.class);

    store.put(POINTER, Value.utf8("{no id}"));
    assertThat(latest()).isInstanceOf(ReadOutcome.Drifted.class);
  }

  @Test
  void latest_pointerOfTheWrongKind_fallsBackToTheIndex() {
    store(newest);
    store.put(POINTER, entry(newest));

    assertDrift(latest(), "wrong kind", newest);
  }

  @Test
  void latest_storeThatCannotBeRead_isUnreadableNeverNone() {
    store(newest);
    store.failAt(INDEX);

    assertThat(latest()).isEqualTo(new ReadOutcome.Unreadable("no answer"));
  }

  @Test
  void latest_storeThatFailsDuringTheFallback_isUnreadable() {
    store(older);
    store.put(POINTER, Value.utf8("gone")).failAt(LAYOUT.idView(MENA, older.id()));

    assertThat(latest()).isEqualTo(new ReadOutcome.Unreadable("no answer"));
  }

  @Test
  void byId_tellsFoundNoneDriftAndUnreadableApart() {
    store(newest);
    assertThat(read.byId(MENA, newest.id())).isEqualTo(new ReadOutcome.Found(newest));
    assertThat(read.byId(MENA, older.id())).isEqualTo(new ReadOutcome.None());

    store.put(LAYOUT.idView(MENA, older.id()), newest.body());
    assertThat(read.byId(MENA, older.id())).isInstanceOf(ReadOutcome.Drifted.class);
    store.put(LAYOUT.idView(MENA, older.id()), Value.utf8("broken"));
    assertThat(read.byId(MENA, older.id())).isInstanceOf(ReadOutcome.Drifted.class);
    store.put(LAYOUT.idView(MENA, older.id()), entry(older));
    assertThat(read.byId(MENA, older.id())).isInstanceOf(ReadOutcome.Drifted.class);
    store.failAt(LAYOUT.idView(MENA, older.id()));
    assertThat(read.byId(MENA, older.id())).isInstanceOf(ReadOutcome.Unreadable.class);
  }

  @Test
  void at_isTheNewestAtOrBeforeTheMoment() {
    store(oldest, older, newest);

    assertThat(read.at(MENA, AT + 1)).isEqualTo(new ReadOutcome.Found(newest));
    assertThat(read.at(MENA, AT)).isEqualTo(new ReadOutcome.Found(newest));
    assertThat(read.at(MENA, AT - 1)).isEqualTo(new ReadOutcome.Found(older));
    assertThat(read.at(MENA, AT - 3)).isEqualTo(new ReadOutcome.None());
  }

  @Test
  void at_bodyMissing_isDriftWithTheOneBefore() {
    store(older);
    store.put(INDEX, entry(older), entry(newest));

    assertDrift(read.at(MENA, AT), "is missing", older);
  }

  @Test
  void at_indexThatCannotBeRead_isUnreadable() {
    store.failAt(INDEX);
    assertThat(read.at(MENA, AT)).isInstanceOf(ReadOutcome.Unreadable.class);
  }

  @Test
  void at_memberThatIsNoId_isDrift() {
    store(older);
    store.put(INDEX, entry(older), new IndexEntry("{no id}", AT));

    assertDrift(read.at(MENA, AT), "which is no id", older);
  }

  @Test
  void history_isNewestFirst_inPagesThatJoin_evenWhereScoresAreEqual() {
    List<IndexEntry> entries = new ArrayList<>();
    IntStream.range(0, 10).forEach(i -> entries.add(new IndexEntry("a" + i, AT + i)));
    IntStream.range(0, 5).forEach(i -> entries.add(new IndexEntry("tie" + i, AT + 4)));
    store.put(INDEX, entries.toArray(IndexEntry[]::new));

    List<String> expected =
        new TreeSet<>(entries).descendingSet().stream().map(IndexEntry::member).toList();
    for (int limit = 1; limit < 17; limit++) {
      assertThat(idsByPages(HistoryQuery.all(MENA, limit))).isEqualTo(expected);
    }
    assertThat(idsByPages(new HistoryQuery(MENA, AT + 7, AT + 8, 0, 1)))
        .containsExactly("a8", "a7");
  }

  @Test
  void history_leavesOutMembersWhoseViewsHaveExpired() {
    store.put(INDEX, entry(older), entry(newest));

    now = Instant.ofEpochMilli(Policy.DEFAULT.viewsExpireAtMillis(older.generatedAtMillis()));
    assertThat(idsByPages(HistoryQuery.all(MENA, 10))).containsExactly("newest");
  }

  @Test
  void history_indexOfTheWrongKind_isDrift_andUnreadableIsUnreadable() {
    store.put(INDEX, Value.utf8("no index"));
    assertThat(read.history(HistoryQuery.all(MENA, 1))).isInstanceOf(HistoryOutcome.Drifted.class);
    assertThat(read.at(MENA, AT)).isInstanceOf(ReadOutcome.Drifted.class);

    store.failAt(INDEX);
    assertThat(read.history(HistoryQuery.all(MENA, 1)))
        .isEqualTo(new HistoryOutcome.Unreadable("no answer"));
  }

  @Test
  void bodies_areReadFromTheIdViewElseTheTimestampView() {
    store(older, newest);
    store.put(LAYOUT.idView(MENA, older.id()), Value.utf8("broken"));
    SnapshotRef lost = new SnapshotRef(new SnapshotId("lost"), AT - 9);

    List<ReadOutcome> outcomes = read.bodies(MENA, List.of(ref(newest), ref(older), lost));

    assertThat(outcomes.get(0)).isEqualTo(new ReadOutcome.Found(newest));
    assertDrift(outcomes.get(1), "holds no snapshot", older);
    assertThat(outcomes.get(2))
        .isEqualTo(new ReadOutcome.Drifted("snapshot:id:{mena}:lost is missing", Optional.empty()));
  }

  @Test
  void regions_areThoseWithAnIndexOrAPointer() {
    store(newest);
    store
        .put(LAYOUT.pointer(EUROPE), Value.utf8("x"))
        .put(LAYOUT.index(new Region("global")), new IndexEntry("x", 1))
        .put(LAYOUT.live(new Region("latam")), Value.utf8("x"))
        .put(new Key("snapshot:latest:{Not A Region}"), Value.utf8("x"));

    assertThat(read.regions().<Object>match(RegionsOutcome.Listed::regions, failed -> failed))
        .isEqualTo(new TreeSet<>(List.of(EUROPE, new Region("global"), MENA)));

    store.failScans();
    assertThat(read.regions()).isEqualTo(new RegionsOutcome.Unreadable("no answer"));
    assertThat(read.regions().<Object>match(listed -> listed, RegionsOutcome.Unreadable::message))
        .isEqualTo("no answer");
  }

  @Test
  void historyQuery_thatMakesNoSense_isRefused() {
    assertThatThrownBy(() -> HistoryQuery.all(MENA, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HistoryQuery(MENA, 0, 1, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ReadOutcome latest() {
    return read.latest(List.of(MENA)).get(0);
  }

  private List<String> idsByPages(HistoryQuery first) {
    List<String> ids = new ArrayList<>();
    Optional<HistoryQuery> query = Optional.of(first);
    while (query.isPresent()) {
      HistoryOutcome.Page page = read.history(query.get())
          .match(
              found -> found,
              drifted -> {
                throw new AssertionError(drifted);
              },
              unreadable -> {
                throw new AssertionError(unreadable);
              });
      page.snapshots().forEach(ref -> ids.add(ref.id().text()));
      query = page.next();
    }
    return ids;
  }

  private static void assertDrift(ReadOutcome outcome, String problem, Snapshot fallback) {
    assertThat(outcome).isInstanceOf(ReadOutcome.Drifted.class);
    ReadOutcome.Drifted drifted = (ReadOutcome.Drifted) outcome;
    assertThat(drifted.problem()).contains(problem);
    assertThat(drifted.fallback()).contains(fallback);
  }

  /** Stores snapshots of one region, oldest first, whole. */
  private void store(Snapshot... snapshots) {
    for (Snapshot snapshot : snapshots) {
      store
          .put(LAYOUT.idView(snapshot.region(), snapshot.id()), snapshot.body())
          .put(
              LAYOUT.timestampView(snapshot.region(), snapshot.generatedAtMillis()),
              snapshot.body())
          .put(LAYOUT.pointer(snapshot.region()), snapshot.id().toValue());
    }
    store.put(
        LAYOUT.index(snapshots[0].region()),
        List.of(snapshots).stream().map(ReadSnapshotsTest::entry).toArray(IndexEntry[]::new));
  }

  private static IndexEntry entry(Snapshot snapshot) {
    return new IndexEntry(snapshot.id().text(), snapshot.generatedAtMillis());
  }

  private static SnapshotRef ref(Snapshot snapshot) {
    return new SnapshotRef(snapshot.id(), snapshot.generatedAtMillis());
  }
}
