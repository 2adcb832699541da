package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What the parts of the contract share: the store of the test, names, and short ways to say things.
 *
 * <p>All keys carry one hash tag, so that a Redis cluster takes them in one transaction.
 */
// Fields are set before each test; a checker of constructors cannot see that.
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class StoreContract {
  static final CommitResult APPLIED = new CommitResult.Applied();
  static final Key FIRST = new Key("contract:{t}:first");
  static final Key SECOND = new Key("contract:{t}:second");
  static final Key INDEX = new Key("contract:{t}:index");
  static final Value ONE = Value.utf8("one");
  static final Value TWO = Value.utf8("two");

  private static final int MOST_PAGES = 10_000;

  StoreFixture fixture;
  TransactionalStore store;
  RawKeys raw;

  /**
   * Makes a store for one test.
   *
   * @return a store without keys
   * @throws Exception if that fails, and the test with it
   */
  protected abstract StoreFixture createFixture() throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    fixture = createFixture();
    store = fixture.store();
    raw = fixture.raw();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  /** The store's clock, if it can be set; the machine's otherwise. */
  long now() {
    return fixture.clock().map(MutableClock::millis).orElseGet(System::currentTimeMillis);
  }

  /** An expiry that no test lives to see. */
  long later() {
    return now() + 3_600_000;
  }

  /** The clock, or the end of the test: visibly skipped. */
  MutableClock requireClock() {
    Assumptions.assumeTrue(fixture.clock().isPresent(), "the clock of this store cannot be set");
    return fixture.clock().orElseThrow();
  }

  /** A store that can hold something else, or the end of the test: visibly skipped. */
  void requireOther() {
    Assumptions.assumeTrue(raw.holdsOther(), "this store holds values and indexes only");
  }

  /**
   * The store's clock, whether it can be set or goes on; or the end of the test: visibly skipped.
   */
  long clock() {
    OptionalLong clock = fixture
        .clock()
        .map(settable -> OptionalLong.of(settable.millis()))
        .orElseGet(raw::clockMillis);
    Assumptions.assumeTrue(
        clock.isPresent(), "the clock of this store can neither be set nor seen");
    return clock.orElseThrow();
  }

  /** Lets keys expire that do so at an instant: the store's clock is set, or waited for. */
  void expire(long millis) {
    fixture
        .clock()
        .ifPresentOrElse(
            settable -> settable.set(Instant.ofEpochMilli(millis)), () -> raw.awaitExpiry(millis));
  }

  void setClock(long millis) {
    requireClock().set(Instant.ofEpochMilli(millis));
  }

  Write.Put put(Key key, Value value) {
    return new Write.Put(key, value, later());
  }

  static Write.Add add(String member, long score) {
    return new Write.Add(INDEX, entry(member, score));
  }

  static IndexEntry entry(String member, long score) {
    return new IndexEntry(member, score);
  }

  void given(Key key, Value value) {
    raw.putValue(key, value, OptionalLong.of(later()));
  }

  void given(IndexEntry... entries) {
    raw.putIndex(INDEX, List.of(entries), OptionalLong.of(later()));
  }

  CommitResult commit(List<Guard> guards, Write... writes) {
    return commit(new Transaction(guards, List.of(writes)));
  }

  CommitResult commit(Transaction transaction) {
    List<CommitResult> results = store.commit(List.of(transaction));
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  void applied(Write... writes) {
    assertThat(commit(List.of(), writes)).isEqualTo(APPLIED);
  }

  <T> ReadResult<T> read(Query<T> query) {
    List<ReadResult<T>> results = store.read(List.of(query));
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  /** The keys of all pages. */
  Set<Key> scan(String prefix, String suffix, int sizeHint) {
    Set<Key> keys = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      ReadResult<ScanPage> result = store.scan(new Scan(prefix, suffix, cursor, sizeHint));
      assertThat(result).isInstanceOf(ReadResult.Found.class);
      ScanPage found = ((ReadResult.Found<ScanPage>) result).value();
      keys.addAll(found.keys());
      cursor = found.next();
      if (cursor.isEmpty()) {
        return keys;
      }
    }
    throw new AssertionError("a scan of few keys took " + MOST_PAGES + " pages");
  }

  static <T> ReadResult<T> found(T value) {
    return new ReadResult.Found<>(value);
  }

  /** What a key holds, or null. */
  @Nullable Value valueOf(Key key) {
    return raw.readAll().get(key) instanceof ObservedValue seen ? seen.value() : null;
  }

  List<IndexEntry> entries() {
    return raw.readAll().get(INDEX) instanceof ObservedIndex seen
        ? List.copyOf(seen.entries())
        : List.of();
  }

  OptionalLong expiryOf(Key key) {
    return Objects.requireNonNull(raw.readAll().get(key), key.name()).expiresAtMillis();
  }
}
