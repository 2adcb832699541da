package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Value;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The upper end of an index as a transaction changes it: as many entries as were read, which are
 * more than are added, moved or removed, so that the top is always among them. Not thread-safe.
 */
final class IndexModel {
  private final NavigableSet<Ranked> highest;
  private double trimmedBelow = Double.NEGATIVE_INFINITY;

  IndexModel(Iterable<Ranked> highest) {
    this.highest = new TreeSet<>();
    highest.forEach(this.highest::add);
  }

  Optional<Ranked> top() {
    return highest.isEmpty() ? Optional.empty() : Optional.of(highest.last());
  }

  /** Whether an entry that was there at the beginning still is. */
  boolean keeps(double score) {
    return score >= trimmedBelow;
  }

  void add(Ranked entry) {
    remove(entry.member());
    highest.add(entry);
  }

  void remove(Value member) {
    highest.removeIf(entry -> entry.member().equals(member));
  }

  void trimBelow(double score) {
    highest.removeIf(entry -> entry.score() < score);
    trimmedBelow = Math.max(trimmedBelow, score);
  }
}
