package io.regionsnap.benchmarks;

import java.util.List;

/** Medians. */
final class Medians {
  private Medians() {}

  /** The median; of an even number, the mean of the middle two. */
  static double of(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
