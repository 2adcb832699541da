package io.regionsnap.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The measurements of a run, to be asked for. What was measured in several rounds is there several
 * times, in the order of the rounds; a ratio is the median of the ratios within each round.
 */
final class Scores {
  private final Map<String, List<Measurement>> groups;

  Scores(Map<String, List<Measurement>> groups) {
    this.groups = groups;
  }

  /**
   * Which measurements.
   *
   * @param group the group
   * @param method the benchmark
   * @param threads how many threads
   * @param params those that matter
   */
  record Point(String group, String method, int threads, Map<String, String> params) {
    Point {
      params = Map.copyOf(params);
    }

    static Point persist(String group, Who who, int threads, int bytes) {
      return new Point(
          group, "persist", threads, Map.of("who", who.name(), "bytes", Integer.toString(bytes)));
    }

    Point with(String param, Object value) {
      Map<String, String> more = new java.util.TreeMap<>(params);
      more.put(param, value.toString());
      return new Point(group, method, threads, more);
    }

    private boolean matches(Measurement measurement) {
      return measurement.method().equals(method)
          && measurement.threads() == threads
          && params.entrySet().stream()
              .allMatch(param -> measurement.param(param.getKey()).equals(param.getValue()));
    }
  }

  /** All rounds of a point; none if it was not measured. */
  List<Measurement> at(Point point) {
    return groups.getOrDefault(point.group(), List.of()).stream()
        .filter(point::matches)
        .toList();
  }

  boolean has(String group) {
    return groups.containsKey(group);
  }

  /** The median of the scores. */
  OptionalDouble score(Point point) {
    List<Double> scores = at(point).stream().map(Measurement::score).toList();
    return scores.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Medians.of(scores));
  }

  /** How often one goes into the other. */
  OptionalDouble ratio(Point one, Point other) {
    List<Measurement> some = at(one);
    List<Measurement> others = at(other);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
      ratios.add(some.get(i).score() / others.get(i).score());
    }
    return ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Medians.of(ratios));
  }

  /** The one with the highest score; the first if none has one. */
  Point best(List<Point> points) {
    return points.stream()
        .max((one, other) -> Double.compare(score(one).orElse(0), score(other).orElse(0)))
        .orElseThrow();
  }

  /** The best of those on Redis that promise the same. */
  Point best(Guarantee guarantee, Point like) {
    return best(Stream.of(Who.values())
        .filter(who -> who.guarantee() == guarantee && who.compareTo(Who.MEMORY) < 0)
        .map(who -> like.with("who", who.name()))
        .toList());
  }

  /** The median of what a profiler found out, or of a percentile; empty if there is none. */
  OptionalDouble detail(Point point, String name) {
    List<Double> all = at(point).stream()
        .flatMap(each -> Stream.of(each.secondary(), each.percentiles()))
        .filter(values -> values.containsKey(name))
        .map(values -> values.getOrDefault(name, 0.0))
        .toList();
    return all.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Medians.of(all));
  }
}
