package io.regionsnap.adapters.inmemory;

import static io.regionsnap.adapters.inmemory.Stores.APPLIED;
import static io.regionsnap.adapters.inmemory.Stores.CLOCK;
import static io.regionsnap.adapters.inmemory.Stores.INDEX;
import static io.regionsnap.adapters.inmemory.Stores.byId;
import static io.regionsnap.adapters.inmemory.Stores.byTime;
import static io.regionsnap.adapters.inmemory.Stores.commit;
import static io.regionsnap.adapters.inmemory.Stores.get;
import static io.regionsnap.adapters.inmemory.Stores.has;
import static io.regionsnap.adapters.inmemory.Stores.persist;
import static io.regionsnap.adapters.inmemory.Stores.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails at every change in turn. */
final class DiskFailureTest {
  private static final int SNAPSHOTS = 8;
  private static final int MOST_CHANGES = 500;

  @TempDir
  Path folder = Path.of("replaced");

  @BeforeEach
  void registerDisk() {
    FaultyDisk.register();
  }

  @AfterEach
  void healDisk() {
    FaultyDisk.heal();
  }

  private static EmbeddedStore openFaulty(Path file) {
    return EmbeddedStore.open(
        Target.of(file, false, FaultyDisk.SCHEME),
        Options.readWrite(),
        CLOCK,
        millis -> {},
        UnaryOperator.identity());
  }

  /** Makes a store, commits twice two snapshots a call and four alone, and opens it in between. */
  private static void scenario(Path file, Map<Integer, CommitResult> results) {
    int next = 1;
    for (int calls = 0; calls < 2; calls++) {
      try (EmbeddedStore store = openFaulty(file)) {
        List<CommitResult> two = store.commit(List.of(persist(next), persist(next + 1)));
        results.put(next, two.get(0));
        results.put(next + 1, two.get(1));
        results.put(next + 2, commit(store, persist(next + 2)));
        results.put(next + 3, commit(store, persist(next + 3)));
        assertReadable(store, results);
      } catch (EmbeddedStoreException e) {
        assertThat(e.reason()).isEqualTo(EmbeddedStoreException.Reason.IO);
      }
      next += 4;
    }
  }

  private static void assertReadable(EmbeddedStore store, Map<Integer, CommitResult> results) {
    results.forEach((number, result) -> {
      ReadResult<?> seen = get(store, byId(number));
      boolean silent = seen instanceof ReadResult.Unreadable;
      assertThat(silent || has(store, number) || !result.equals(APPLIED)).isTrue();
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void commit_diskFailsAtAnyChange_whatWasAppliedIsThereAndAllIsWhole(boolean torn) {
    for (int change = 1; change < MOST_CHANGES; change++) {
      Path file = folder.resolve("store" + torn + change);
      Map<Integer, CommitResult> results = new TreeMap<>();
      FaultyDisk.failFrom(change, torn);
      scenario(file, results);
      boolean hurt = FaultyDisk.wasHurt();
      FaultyDisk.heal();
      try (EmbeddedStore store = Stores.open(file)) {
        assertHonest(store, results);
      }
      if (!hurt) {
        assertThat(change).isGreaterThan(20);
        assertThat(results.values()).containsOnly(APPLIED).hasSize(SNAPSHOTS);
        return;
      }
    }
    throw new AssertionError("the scenario never ends without a failure");
  }

  private static void assertHonest(EmbeddedStore store, Map<Integer, CommitResult> results) {
    for (int number = 1; number <= SNAPSHOTS; number++) {
      boolean there = has(store, number);
      assertThat(get(store, byTime(number))).isEqualTo(get(store, byId(number)));
      assertThat(isListed(store, number)).isEqualTo(there);
      CommitResult result = results.get(number);
      if (result == null || result instanceof CommitResult.NotApplied) {
        assertThat(there).isFalse();
      } else if (!(result instanceof CommitResult.InDoubt)) {
        assertThat(result).isEqualTo(APPLIED);
        assertThat(there).isTrue();
      }
    }
  }

  private static boolean isListed(EmbeddedStore store, int number) {
    Query.Range range = new Query.Range(INDEX, number, number, Query.Order.LOWEST_FIRST, 0, 9);
    return read(store, range)
        .equals(new ReadResult.Found<>(List.of(new IndexEntry("m" + number, number))));
  }

  @Test
  void commit_diskFails_isInDoubtFromTheFirstAppliedOn() {
    try (EmbeddedStore store = openFaulty(folder.resolve("store"))) {
      assertThat(commit(store, persist(1))).isEqualTo(APPLIED);
      Transaction failing =
          new Transaction(List.of(new Guard.Absent(byId(1))), persist(2).writes());
      FaultyDisk.failFrom(1, false);
      List<CommitResult> results = store.commit(List.of(failing, persist(3), failing, persist(4)));
      assertThat(results.get(0)).isInstanceOf(CommitResult.GuardFailed.class);
      assertThat(results.subList(1, 4)).allMatch(CommitResult.InDoubt.class::isInstance);
    }
  }

  @Test
  void commit_diskWorksAgain_storeOpensItselfAgain() {
    try (EmbeddedStore store = openFaulty(folder.resolve("store"))) {
      assertThat(commit(store, persist(1))).isEqualTo(APPLIED);
      FaultyDisk.failFrom(1, true);
      assertThat(commit(store, persist(2))).isInstanceOf(CommitResult.InDoubt.class);
      FaultyDisk.heal();
      assertThat(has(store, 1)).isTrue();
      assertThat(commit(store, persist(3))).isEqualTo(APPLIED);
      assertThat(has(store, 3)).isTrue();
    }
  }

  @Test
  void commit_fileIsGone_isUnavailableAndNothingIsMade() throws Exception {
    Path file = folder.resolve("store");
    try (EmbeddedStore store = openFaulty(file)) {
      FaultyDisk.failFrom(1, false);
      assertThat(commit(store, persist(1))).isInstanceOf(CommitResult.InDoubt.class);
      FaultyDisk.heal();
      Files.delete(file);
      assertThat(commit(store, persist(2)))
          .isInstanceOfSatisfying(
              CommitResult.NotApplied.class,
              result -> assertThat(result.reason()).isInstanceOf(StoreRefusal.Unavailable.class));
      assertThat(get(store, byId(1))).isInstanceOf(ReadResult.Unreadable.class);
      assertThat(file).doesNotExist();
    }
  }
}
