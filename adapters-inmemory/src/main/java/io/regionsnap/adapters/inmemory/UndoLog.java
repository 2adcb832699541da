package io.regionsnap.adapters.inmemory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Places that remember what was there before each change since {@link #begin()}, and can bring it
 * back.
 */
final class UndoLog implements PlaceMap {
  private final PlaceMap places;
  private final Deque<Change> changes = new ArrayDeque<>();

  private record Change(Place place, @Nullable Content before) {}

  UndoLog(PlaceMap places) {
    this.places = places;
  }

  /** From here on changes can be undone; those before are kept. */
  void begin() {
    changes.clear();
  }

  /** Undoes every change since {@link #begin()}, the latest first. */
  void undo() {
    for (Change change = changes.peek(); change != null; change = changes.peek()) {
      Content before = change.before();
      if (before == null) {
        places.remove(change.place());
      } else {
        places.put(change.place(), before);
      }
      changes.pop();
    }
  }

  @Override
  public @Nullable Content put(Place place, Content content) {
    // Noted first: should the map throw half-way, undoing puts back what it already holds.
    Content before = places.get(place);
    changes.push(new Change(place, before));
    places.put(place, content);
    return before;
  }

  @Override
  public @Nullable Content remove(Place place) {
    Content before = places.get(place);
    if (before != null) {
      changes.push(new Change(place, before));
      places.remove(place);
    }
    return before;
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
