package io.regionsnap.domain.audit;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.TransactionalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads in batches, and throws {@link UnreadableException} where something cannot be read: nothing
 * can be said then. As thread-safe as its store.
 */
public final class Reader {
  private final TransactionalStore store;

  /**
   * A reader.
   *
   * @param store what to read
   */
  public Reader(TransactionalStore store) {
    this.store = store;
  }

  /** Answers in order; a wrong kind as nothing. */
  <T> List<Optional<T>> read(List<? extends Query<T>> queries) {
    if (queries.isEmpty()) {
      return List.of();
    }
    List<ReadResult<T>> results = store.read(queries);
    List<Optional<T>> answers = new ArrayList<>(queries.size());
    for (int i = 0; i < queries.size(); i++) {
      Query<T> query = queries.get(i);
      answers.add(results
          .get(i)
          .match(Optional::of, Optional::empty, wrong -> Optional.empty(), unreadable -> {
            throw new UnreadableException("%s: %s".formatted(query, unreadable.message()));
          }));
    }
    return answers;
  }

  <T> Optional<T> read(Query<T> query) {
    return read(List.of(query)).get(0);
  }

  List<Optional<KeyDescription>> describe(List<Key> keys) {
    return read(keys.stream().map(Query.Describe::new).toList());
  }

  /** What keys hold that are not indexes; of an index that it is one, without its entries. */
  Map<Key, Optional<ObservedKey>> observe(Collection<Key> keys) {
    List<Key> asked = List.copyOf(keys);
    List<Optional<Inspected>> found =
        read(asked.stream().map(Query.Inspect::new).toList());
    Map<Key, Optional<ObservedKey>> seen = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      seen.put(asked.get(i), found.get(i).map(Reader::observed));
    }
    return seen;
  }

  private static ObservedKey observed(Inspected found) {
    OptionalLong expiry = found.description().expiresAtMillis();
    return found
        .value()
        .<ObservedKey>map(bytes -> new ObservedKey.ObservedValue(bytes, expiry))
        .orElseGet(() -> found.description().kind() == Kind.INDEX
            ? new ObservedKey.ObservedIndex(List.<IndexEntry>of(), expiry)
            : new ObservedKey.ObservedOther(expiry));
  }
}
