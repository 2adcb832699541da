package io.regionsnap.domain.read;

import io.regionsnap.domain.Region;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What became of listing the regions of a store. */
public sealed interface RegionsOutcome {

  /**
   * The regions that have a pointer or an index.
   *
   * @param regions by name; may be empty
   */
  record Listed(NavigableSet<Region> regions) implements RegionsOutcome {
    /** Copies the set. */
    public Listed {
      regions = Collections.unmodifiableNavigableSet(new TreeSet<>(regions));
    }
  }

  /**
   * The store could not be read.
   *
   * @param message what went wrong
   */
  record Unreadable(String message) implements RegionsOutcome {}

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param listed for {@link Listed}
   * @param unreadable for {@link Unreadable}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super Listed, ? extends R> listed,
      Function<? super Unreadable, ? extends R> unreadable) {
    return this instanceof Listed outcome
        ? listed.apply(outcome)
        : unreadable.apply((Unreadable) this);
  }
}
