package io.regionsnap.domain.invariants;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.KeyRole;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys of one region, as somebody saw them in one instant.
 *
 * @param region the region
 * @param observedAtMillis when, by the store's clock; epoch milliseconds
 * @param index what the index key holds; empty if it does not exist
 * @param pointer what the pointer holds; empty if it does not exist
 * @param live what the live key holds; empty if it does not exist
 * @param idViews what the id views hold
 * @param timestampViews what the timestamp views hold, by their epoch milliseconds
 * @param claims what the claims hold, by their keys
 */
public record RegionState(
    Region region,
    long observedAtMillis,
    Optional<ObservedKey> index,
    Optional<ObservedKey> pointer,
    Optional<ObservedKey> live,
    Map<SnapshotId, ObservedKey> idViews,
    Map<Long, ObservedKey> timestampViews,
    Map<Key, ObservedKey> claims) {

  /** Copies the maps. */
  public RegionState {
    idViews = Map.copyOf(idViews);
    timestampViews = Collections.unmodifiableMap(new TreeMap<>(timestampViews));
    claims = Map.copyOf(claims);
  }

  /**
   * Picks the keys of a region from all that was seen in a store. An id view whose name names no
   * region belongs to the region that its body names; if its body names none, to every region whose
   * index names its id.
   *
   * @param region the region
   * @param layout how keys are named
   * @param parser reads bodies
   * @param keys everything that was seen, other regions' keys and foreign ones included
   * @param observedAtMillis when, by the store's clock; epoch milliseconds
   * @return the state
   */
  public static RegionState of(
      Region region,
      KeyLayout layout,
      SnapshotParser parser,
      Map<Key, ObservedKey> keys,
      long observedAtMillis) {
    Optional<ObservedKey> index = Optional.ofNullable(keys.get(layout.index(region)));
    Map<SnapshotId, ObservedKey> idViews = new TreeMap<>(Comparator.comparing(SnapshotId::text));
    Map<Long, ObservedKey> timestampViews = new TreeMap<>();
    Map<Key, ObservedKey> claims = new TreeMap<>(Comparator.comparing(Key::name));
    keys.forEach((key, seen) -> {
      KeyRole role = layout.roleOf(key).orElse(null);
      if (role instanceof KeyRole.IdView view
          && (view.namedRegion().isPresent()
              ? view.namedRegion().get().equals(region)
              : belongs(view.id(), seen, region, index, parser))) {
        idViews.put(view.id(), seen);
      } else if (role instanceof KeyRole.TimestampView view && view.region().equals(region)) {
        timestampViews.put(view.generatedAtMillis(), seen);
      } else if (role instanceof KeyRole.Claim claim && claim.region().equals(region)) {
        claims.put(key, seen);
      }
    });
    return new RegionState(
        region,
        observedAtMillis,
        index,
        Optional.ofNullable(keys.get(layout.pointer(region))),
        Optional.ofNullable(keys.get(layout.live(region))),
        idViews,
        timestampViews,
        claims);
  }

  /** The body decides; if it says nothing, the index does. */
  private static boolean belongs(
      SnapshotId id,
      ObservedKey seen,
      Region region,
      Optional<ObservedKey> index,
      SnapshotParser parser) {
    boolean named = index.isPresent()
        && index.get() instanceof ObservedIndex observed
        && observed.entries().stream().anyMatch(entry -> entry.member().equals(id.text()));
    return seen instanceof ObservedValue value
        ? parser
            .parse(value.value())
            .match(snapshot -> snapshot.region().equals(region), refusal -> named)
        : named;
  }

  /**
   * The entries of the index.
   *
   * @return lowest first; empty if there is no index
   */
  public NavigableSet<IndexEntry> entries() {
    return index.isPresent() && index.get() instanceof ObservedIndex observed
        ? new TreeSet<>(observed.entries())
        : new TreeSet<>();
  }

  /**
   * The entry with the highest score.
   *
   * @return the entry; empty if the index is
   */
  public Optional<IndexEntry> top() {
    NavigableSet<IndexEntry> entries = entries();
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.last());
  }
}
