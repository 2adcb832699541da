package io.regionsnap.proof.upstash;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Counts what passes through a list that keeps the latest only. Not thread-safe. */
final class Arrivals {
  private Set<Object> known = identities(List.of());
  private long count;

  /** How many there have been, if the list has not lost any since the last time. */
  long count(List<?> latest) {
    Set<Object> now = identities(latest);
    count += now.stream().filter(each -> !known.contains(each)).count();
    known = now;
    return count;
  }

  private static Set<Object> identities(List<?> elements) {
    Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(elements);
    return all;
  }
}
