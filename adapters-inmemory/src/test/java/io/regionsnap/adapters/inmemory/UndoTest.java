package io.regionsnap.adapters.inmemory;

import static io.regionsnap.adapters.inmemory.Stores.APPLIED;
import static io.regionsnap.adapters.inmemory.Stores.CLOCK;
import static io.regionsnap.adapters.inmemory.Stores.INDEX;
import static io.regionsnap.adapters.inmemory.Stores.POINTER;
import static io.regionsnap.adapters.inmemory.Stores.byId;
import static io.regionsnap.adapters.inmemory.Stores.commit;
import static io.regionsnap.adapters.inmemory.Stores.has;
import static io.regionsnap.adapters.inmemory.Stores.later;
import static io.regionsnap.adapters.inmemory.Stores.persist;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Write;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine fails in the middle of a transaction. */
final class UndoTest {
  @TempDir
  Path folder = Path.of("replaced");

  private int changesLeft = Integer.MAX_VALUE;
  private int failures;

  /** Fails the n-th change, and as many after it as is said. */
  private void fail(int change, int howOften) {
    changesLeft = change - 1;
    failures = howOften;
  }

  private void change() {
    if (changesLeft-- <= 0 && failures-- > 0) {
      throw new OutOfMemoryError("said the test");
    }
  }

  private EmbeddedStore open() {
    return EmbeddedStore.open(
        Target.of(folder.resolve("store"), false, Target.DISK),
        Options.readWrite(),
        CLOCK,
        millis -> {},
        Failing::new);
  }

  /** Every kind of write, on what {@code persist(1)} to {@code persist(3)} left. */
  private static Transaction everything() {
    return new Transaction(
        List.of(),
        List.of(
            new Write.Put(byId(2), Stores.body(9), later()),
            new Write.Put(new Key("new"), Stores.body(10), later()),
            new Write.Delete(byId(1)),
            new Write.Add(INDEX, new IndexEntry("m9", 9)),
            new Write.Trim(INDEX, 6),
            new Write.ExpireWithTop(INDEX, later()),
            new Write.PointAtTop(POINTER, INDEX, later())));
  }

  @Test
  void commit_machineFailsAtAnyChange_nothingOfItRemains() {
    try (EmbeddedStore store = open()) {
      assertThat(store.commit(List.of(persist(1), persist(2), persist(3)))).containsOnly(APPLIED);
      PlaceRawKeys raw = PlaceRawKeys.of(store, CLOCK);
      Map<Key, ObservedKey> before = raw.readAll();
      int change = 1;
      for (; ; change++) {
        fail(change, 1);
        CommitResult result = commit(store, everything());
        changesLeft = Integer.MAX_VALUE;
        if (result.equals(APPLIED)) {
          break;
        }
        assertThat(result).isInstanceOf(CommitResult.NotApplied.class);
        assertThat(raw.readAll()).isEqualTo(before);
      }
      assertThat(change).isGreaterThan(20);
      assertThat(raw.readAll()).isNotEqualTo(before);
    }
    Stores.open(folder.resolve("store")).close();
  }

  @Test
  void commit_oneOfABatchFails_neighboursAreApplied() {
    try (EmbeddedStore store = open()) {
      assertThat(commit(store, persist(1))).isEqualTo(APPLIED);
      fail(25, 1);
      List<CommitResult> results = store.commit(List.of(persist(2), persist(4), persist(5)));
      assertThat(results).filteredOn(APPLIED::equals).hasSize(2);
      for (int i = 0; i < 3; i++) {
        int number = new int[] {2, 4, 5}[i];
        assertThat(has(store, number)).isEqualTo(results.get(i).equals(APPLIED));
      }
    }
  }

  @Test
  void commit_undoingFailsToo_nothingOfTheCallRemains() {
    try (EmbeddedStore store = open()) {
      assertThat(commit(store, persist(1))).isEqualTo(APPLIED);
      fail(25, 2);
      List<CommitResult> results = store.commit(List.of(persist(2), persist(4), persist(5)));
      assertThat(results)
          .hasSize(3)
          .allSatisfy(result -> assertThat(result)
              .isInstanceOfSatisfying(
                  CommitResult.NotApplied.class,
                  refused ->
                      assertThat(refused.reason()).isInstanceOf(StoreRefusal.Unavailable.class)));
      changesLeft = Integer.MAX_VALUE;
      assertThat(has(store, 1)).isTrue();
      assertThat(has(store, 2) || has(store, 4) || has(store, 5)).isFalse();
      assertThat(commit(store, persist(2))).isEqualTo(APPLIED);
    }
  }

  /** Places that throw when told to. */
  private final class Failing implements PlaceMap {
    private final PlaceMap places;

    Failing(PlaceMap places) {
      this.places = places;
    }

    @Override
    public @Nullable Content put(Place place, Content content) {
      change();
      return places.put(place, content);
    }

    @Override
    public @Nullable Content remove(Place place) {
      change();
      return places.remove(place);
    }

    @Override
    public @Nullable Content get(Place place) {
      return places.get(place);
    }

    @Override
    public @Nullable Place ceiling(Place place) {
      return places.ceiling(place);
    }

    @Override
    public @Nullable Place floor(Place place) {
      return places.floor(place);
    }

    @Override
    public Iterator<Place> walk(Place lower, Place upper, boolean descending) {
      return places.walk(lower, upper, descending);
    }

    @Override
    public long size() {
      return places.size();
    }
  }
}
