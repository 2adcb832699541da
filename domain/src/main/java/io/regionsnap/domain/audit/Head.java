package io.regionsnap.domain.audit;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.invariants.IndexHead;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.Value;
import java.util.List;
import java.util.Optional;

/** A region without its members: the index, the pointer and the live key, as of one instant. */
record Head(
    Region region,
    long observedAtMillis,
    Optional<IndexHead> index,
    Optional<ObservedKey> pointer,
    Optional<ObservedKey> live) {
  /** Under a writer that never rests, what was read last must do. */
  private static final int MOST_TRIES = 50;

  /**
   * Reads a head. Pointer and top are read in one instant; their expiries beside them, again and
   * again until nothing was committed in between.
   */
  static Head read(Region region, Reader reader, KeyLayout layout, long nowMillis) {
    Key index = layout.index(region);
    List<Key> keys = List.of(index, layout.pointer(region), layout.live(region));
    Query.Follow follow =
        new Query.Follow(layout.pointer(region), layout.idViewPrefix(region), index);
    List<Optional<KeyDescription>> descriptions = List.of();
    Optional<Followed> followed = Optional.empty();
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Followed> before = reader.read(follow);
      descriptions = reader.describe(keys);
      followed = reader.read(follow);
      if (before.equals(followed)) {
        break;
      }
    }
    Optional<IndexEntry> top = followed.isPresent()
        ? followed.get().top()
        : reader.read(Query.Range.top(index)).stream().flatMap(List::stream).findFirst();
    Optional<Value> target =
        followed.isPresent() ? followed.get().target() : reader.read(new Query.Get(keys.get(1)));
    Optional<IndexEntry> lowest =
        reader.read(lowest(index)).stream().flatMap(List::stream).findFirst();
    return new Head(
        region,
        nowMillis,
        descriptions
            .get(0)
            .map(found -> new IndexHead(found.kind(), found.expiresAtMillis(), lowest, top)),
        observed(descriptions.get(1), target),
        observed(descriptions.get(2), Optional.of(Value.utf8(""))));
  }

  private static Query.Range lowest(Key index) {
    return new Query.Range(
        index, -IndexEntry.MAX_SCORE, IndexEntry.MAX_SCORE, Query.Order.LOWEST_FIRST, 0, 1);
  }

  private static Optional<ObservedKey> observed(
      Optional<KeyDescription> description, Optional<Value> value) {
    if (description.isEmpty()) {
      return Optional.empty();
    }
    KeyDescription found = description.get();
    if (found.kind() == Kind.VALUE) {
      return value.map(bytes -> new ObservedValue(bytes, found.expiresAtMillis()));
    }
    return Optional.of(
        found.kind() == Kind.INDEX
            ? new ObservedIndex(List.<IndexEntry>of(), found.expiresAtMillis())
            : new ObservedOther(found.expiresAtMillis()));
  }
}
