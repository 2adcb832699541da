package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Content.Mark;
import io.regionsnap.adapters.inmemory.Content.Score;
import io.regionsnap.adapters.inmemory.Place.Table;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Query.Order;
import io.regionsnap.ports.Query.Range;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The entries of the index with one number. */
final class Entries {
  private final PlaceMap places;
  private final long index;

  Entries(PlaceMap places, long index) {
    this.places = places;
    this.index = index;
  }

  OptionalLong score(String member) {
    return places.get(Place.member(index, member)) instanceof Score found
        ? OptionalLong.of(found.score())
        : OptionalLong.empty();
  }

  Optional<IndexEntry> top() {
    return entry(places.floor(Place.scoreBound(index, Long.MAX_VALUE)));
  }

  /** A member other than this one with exactly this score. */
  Optional<IndexEntry> other(IndexEntry than) {
    Optional<IndexEntry> first = entry(places.ceiling(Place.scoreBound(index, than.score())))
        .filter(found -> found.score() == than.score());
    if (!first.equals(Optional.of(than))) {
      return first;
    }
    // No name lies between a name and that name with the lowest character appended.
    Place after = new Place(Table.SCORE, index, than.score(), than.member() + '\0');
    return entry(places.ceiling(after)).filter(found -> found.score() == than.score());
  }

  List<IndexEntry> range(Range range) {
    List<IndexEntry> entries = new ArrayList<>();
    if (range.minScore() > range.maxScore()) {
      return entries;
    }
    Place lower = Place.scoreBound(index, range.minScore());
    // The bound after the highest score; no score comes near the end of the numbers.
    Place upper = Place.scoreBound(index, Math.min(range.maxScore(), IndexEntry.MAX_SCORE) + 1);
    Iterator<Place> walk = walk(lower, upper, range.order());
    for (int skipped = 0; skipped < range.offset() && walk.hasNext(); skipped++) {
      walk.next();
    }
    while (walk.hasNext() && entries.size() < range.limit()) {
      Place place = walk.next();
      entries.add(new IndexEntry(place.name(), place.score()));
    }
    return entries;
  }

  private Iterator<Place> walk(Place lower, Place upper, Order order) {
    return lower.compareTo(upper) > 0
        ? List.<Place>of().iterator()
        : places.walk(lower, upper, order == Order.HIGHEST_FIRST);
  }

  void put(IndexEntry entry) {
    score(entry.member())
        .ifPresent(old -> places.remove(Place.score(index, new IndexEntry(entry.member(), old))));
    places.put(Place.member(index, entry.member()), new Score(entry.score()));
    places.put(Place.score(index, entry), Mark.MARK);
  }

  /** Removes the entries with a lower score, one by one from below: the cost is what is removed. */
  void removeBelow(long score) {
    for (Optional<IndexEntry> lowest = lowest();
        lowest.isPresent() && lowest.get().score() < score;
        lowest = lowest()) {
      remove(lowest.get());
    }
  }

  void remove(String member) {
    score(member).ifPresent(score -> remove(new IndexEntry(member, score)));
  }

  void removeAll() {
    for (Optional<IndexEntry> lowest = lowest(); lowest.isPresent(); lowest = lowest()) {
      remove(lowest.get());
    }
  }

  private Optional<IndexEntry> lowest() {
    return entry(places.ceiling(Place.scoreBound(index, Long.MIN_VALUE)));
  }

  private void remove(IndexEntry entry) {
    places.remove(Place.score(index, entry));
    places.remove(Place.member(index, entry.member()));
  }

  private Optional<IndexEntry> entry(@Nullable Place place) {
    return place != null && place.table() == Table.SCORE && place.number() == index
        ? Optional.of(new IndexEntry(place.name(), place.score()))
        : Optional.empty();
  }
}
