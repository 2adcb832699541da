package io.regionsnap.adapters.inmemory;

import java.util.Iterator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Places on the heap. */
final class HeapPlaces implements PlaceMap {
  private final TreeMap<Place, Content> places = new TreeMap<>();

  @Override
  public @Nullable Content get(Place place) {
    return places.get(place);
  }

  @Override
  public @Nullable Content put(Place place, Content content) {
    return places.put(place, content);
  }

  @Override
  public @Nullable Content remove(Place place) {
    return places.remove(place);
  }

  @Override
  public @Nullable Place ceiling(Place place) {
    return places.ceilingKey(place);
  }

  @Override
  public @Nullable Place floor(Place place) {
    return places.floorKey(place);
  }

  @Override
  public Iterator<Place> walk(Place lower, Place upper, boolean descending) {
    NavigableMap<Place, Content> part = places.subMap(lower, true, upper, true);
    return (descending ? part.descendingMap() : part).keySet().iterator();
  }

  @Override
  public long size() {
    return places.size();
  }
}
