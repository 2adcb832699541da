package io.regionsnap.adapters.inmemory;

import java.util.Iterator;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** Places in a file, by way of an MVStore map. */
final class FilePlaces implements PlaceMap {
  private final MVMap<Place, Content> places;

  FilePlaces(MVMap<Place, Content> places) {
    this.places = places;
  }

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
    return descending ? places.cursor(upper, lower, true) : places.cursor(lower, upper, false);
  }

  @Override
  public long size() {
    return places.sizeAsLong();
  }
}
