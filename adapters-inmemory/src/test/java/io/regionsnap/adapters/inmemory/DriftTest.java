package io.regionsnap.adapters.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.domain.invariants.RegionInvariants;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
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
import io.regionsnap.testkit.RawKeys;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What persisting does where the keys are not whole: after a server brought back a prefix of a
 * transaction, and where something else than regionsnap has written.
 */
class DriftTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-08-18T12:00:00Z"));
  private static final long NOW = CLOCK.millis();
  private static final KeyLayout LAYOUT = KeyLayout.TAGGED;
  private static final Region MENA = new Region("mena");
  private static final int WRITES = 8;

  private final InMemoryStore store = new InMemoryStore(CLOCK);
  private final RawKeys raw = PlaceRawKeys.of(store, CLOCK);
  private final Snapshot older = snapshot("older", NOW - Duration.ofHours(6).toMillis());
  private final Snapshot newer = snapshot("newer", NOW);

  /** How many writes of the transaction a server brought back, and how old its snapshot is. */
  record Case(int writes, long generatedAtMillis) {}

  static Stream<Case> cases() {
    long late = NOW - Duration.ofDays(1).toMillis();
    return Stream.of(NOW, late)
        .flatMap(at -> IntStream.rangeClosed(0, WRITES).mapToObj(writes -> new Case(writes, at)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyPrefixOfATransaction_misleadsNoReaderAndIsHealedByTheNextTry(Case half) {
    assertThat(persist(store, older)).isInstanceOf(PersistOutcome.Persisted.class);
    Snapshot snapshot = snapshot("torn", half.generatedAtMillis());
    Transaction transaction = transactionFor(snapshot);
    assertThat(transaction.writes()).hasSize(WRITES);
    if (half.writes() > 0) {
      apply(new Transaction(List.of(), transaction.writes().subList(0, half.writes())));
    }

    assertThat(latest()).isIn(new ReadOutcome.Found(older), new ReadOutcome.Found(snapshot));

    assertThat(persist(store, snapshot))
        .isInstanceOfAny(PersistOutcome.Persisted.class, PersistOutcome.AlreadyPersisted.class);
    assertWhole();
    assertThat(latest())
        .isEqualTo(new ReadOutcome.Found(half.generatedAtMillis() == NOW ? snapshot : older));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyPrefixOfAFirstTransaction_isHealedByTheNextTry(Case half) {
    Snapshot snapshot = snapshot("torn", half.generatedAtMillis());
    Transaction transaction = transactionFor(snapshot);
    if (half.writes() > 0) {
      apply(new Transaction(List.of(), transaction.writes().subList(0, half.writes())));
    }

    assertThat(persist(store, snapshot))
        .isInstanceOfAny(PersistOutcome.Persisted.class, PersistOutcome.AlreadyPersisted.class);
    assertWhole();
  }

  @Test
  void claimWithNothingBehindIt_doesNotBlockItsBucket() {
    raw.putValue(claim(), Value.utf8("lost"), OptionalLong.of(NOW + 1000));

    assertThat(persist(store, newer)).isInstanceOf(PersistOutcome.Persisted.class);
    assertWhole();
  }

  @Test
  void claimThatIsNoId_doesNotBlockItsBucket() {
    raw.putValue(claim(), Value.utf8("{}"), OptionalLong.empty());

    assertThat(persist(store, newer)).isInstanceOf(PersistOutcome.Persisted.class);
    assertWhole();
  }

  @Test
  void pointerToASnapshotOutsideTheIndex_movesForwardOnly() {
    raw.putValue(LAYOUT.idView(MENA, newer.id()), newer.body(), OptionalLong.of(NOW + 1_000_000));
    raw.putValue(LAYOUT.pointer(MENA), newer.id().toValue(), OptionalLong.of(NOW + 1_000_000));

    assertThat(persist(store, older)).isInstanceOf(PersistOutcome.Persisted.class);
    assertThat(latest()).isEqualTo(new ReadOutcome.Found(newer));
    assertThat(persist(store, older)).isInstanceOf(PersistOutcome.AlreadyPersisted.class);

    assertThat(persist(store, newer)).isInstanceOf(PersistOutcome.Persisted.class);
    assertWhole();
  }

  @Test
  void pointerToNothing_isMovedToTheTop() {
    raw.putValue(LAYOUT.pointer(MENA), Value.utf8("gone"), OptionalLong.empty());

    assertThat(persist(store, newer)).isInstanceOf(PersistOutcome.Persisted.class);
    assertWhole();
  }

  @Test
  void pointerBehindTheTop_isMovedToTheTopByAnyCommit() {
    persist(store, older);
    persist(store, newer);
    raw.putValue(LAYOUT.pointer(MENA), older.id().toValue(), OptionalLong.empty());

    Snapshot late = snapshot("late", NOW - Duration.ofDays(2).toMillis());
    assertThat(persist(store, late)).isInstanceOf(PersistOutcome.Persisted.class);
    assertWhole();
  }

  @Test
  void indexOfTheWrongKind_refusesAndChangesNothing() {
    raw.putValue(LAYOUT.index(MENA), Value.utf8("no index"), OptionalLong.empty());
    Set<Key> before = raw.readAll().keySet();

    assertThat(persist(store, newer)).isInstanceOf(PersistOutcome.Refused.class);
    assertThat(raw.readAll().keySet()).isEqualTo(before);
  }

  @Test
  void viewLostToEviction_isPutBackByTheNextTry() {
    persist(store, newer);
    raw.delete(LAYOUT.timestampView(MENA, NOW));
    raw.delete(LAYOUT.idView(MENA, newer.id()));

    assertThat(persist(store, newer)).isInstanceOf(PersistOutcome.Persisted.class);
    assertWhole();
  }

  @Test
  void idInTheIndexAtAnotherTime_isNotMoved() {
    raw.putIndex(
        LAYOUT.index(MENA), List.of(new IndexEntry("newer", NOW - 5)), OptionalLong.empty());

    assertThat(persist(store, newer)).isInstanceOf(PersistOutcome.Refused.class);
  }

  private Key claim() {
    return LAYOUT.claim(MENA, new TriggerReason("scheduled_6h"), Policy.DEFAULT.bucketOf(NOW));
  }

  private void apply(Transaction transaction) {
    assertThat(store.commit(List.of(transaction))).containsExactly(new CommitResult.Applied());
  }

  private ReadOutcome latest() {
    return new ReadSnapshots(store, LAYOUT, Policy.DEFAULT, SnapshotDocuments.PARSER, CLOCK)
        .latest(List.of(MENA))
        .get(0);
  }

  private void assertWhole() {
    RegionState state = RegionState.of(MENA, LAYOUT, SnapshotDocuments.PARSER, raw.readAll(), NOW);
    assertThat(new RegionInvariants(LAYOUT, Policy.DEFAULT, SnapshotDocuments.PARSER)
            .violations(state))
        .isEmpty();
  }

  /** What the domain submits for a snapshot, caught on the way. */
  private static Transaction transactionFor(Snapshot snapshot) {
    AtomicReference<Transaction> caught = new AtomicReference<>();
    try (InMemoryStore elsewhere = new InMemoryStore(CLOCK)) {
      persist(new Catching(elsewhere, caught), snapshot);
    }
    return Objects.requireNonNull(caught.get());
  }

  private static PersistOutcome persist(TransactionalStore into, Snapshot snapshot) {
    return new PersistSnapshots(
            into,
            LAYOUT,
            Policy.DEFAULT,
            SnapshotDocuments.PARSER,
            RetryPolicy.DEFAULT,
            CLOCK,
            duration -> {
              throw new AssertionError("nothing here should have to wait");
            })
        .persist(List.of(snapshot))
        .get(0);
  }

  private static Snapshot snapshot(String id, long generatedAtMillis) {
    return SnapshotDocuments.snapshot("mena", id, generatedAtMillis, "scheduled_6h", "content");
  }

  /** Keeps the first transaction of the last commit. */
  private record Catching(TransactionalStore store, AtomicReference<Transaction> caught)
      implements TransactionalStore {
    @Override
    public List<CommitResult> commit(List<Transaction> transactions) {
      caught.set(transactions.get(0));
      return store.commit(transactions);
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
    public void close() {
      store.close();
    }
  }
}
