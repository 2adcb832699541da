package io.regionsnap.adapters.inmemory;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map of places to content. Every method but {@link #walk} and {@link #size} takes O(log
 * n). Any number of threads may read at once; who writes must be alone.
 */
interface PlaceMap {
  @Nullable Content get(Place place);

  /** Puts content at a place and returns what was there. */
  @Nullable Content put(Place place, Content content);

  /** Empties a place and returns what was there. */
  @Nullable Content remove(Place place);

  /** The first place at or after this one. */
  @Nullable Place ceiling(Place place);

  /** The last place at or before this one. */
  @Nullable Place floor(Place place);

  /**
   * The places between two bounds, both included. Not to be used any more once something was
   * written.
   *
   * @param descending whether to begin at the upper bound
   */
  Iterator<Place> walk(Place lower, Place upper, boolean descending);

  long size();
}
