package io.regionsnap.benchmarks;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Persisting on Redis: throughput, and how it compares with that of regionsnap by script. */
final class PersistTable {
  /** What is compared with each other. */
  private record Point(int threads, int bytes, int batch) implements Comparable<Point> {
    @Override
    public int compareTo(Point other) {
      return Arrays.compare(
          new int[] {batch, threads, bytes}, new int[] {other.batch, other.threads, other.bytes});
    }
  }

  private final List<Measurement> measurements;

  PersistTable(List<Measurement> measurements) {
    this.measurements = measurements;
  }

  void print(PrintWriter output) {
    Map<Point, Map<RedisContender, double[]>> points = new TreeMap<>();
    for (Measurement each : measurements) {
      Point point = new Point(
          each.threads(),
          Integer.parseInt(each.param("bytes")),
          Integer.parseInt(each.param("batch")));
      points
          .computeIfAbsent(point, unused -> new TreeMap<>())
          .merge(
              RedisContender.valueOf(each.param("contender")),
              new double[] {each.score()},
              PersistTable::concat);
    }
    points.forEach((point, scores) -> print(output, point, scores));
  }

  private static double[] concat(double[] some, double[] more) {
    double[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static void print(PrintWriter output, Point point, Map<RedisContender, double[]> scores) {
    output.printf(
        Locale.ROOT,
        "%n%d bytes, %d together, %d threads%n%n| | promises | operations/s | script / this |%n|---|---|---|---|%n",
        point.bytes(),
        point.batch(),
        point.threads());
    double[] ours = scores.getOrDefault(RedisContender.SCRIPT, new double[0]);
    scores.forEach((contender, theirs) -> {
      OptionalDouble ratio = ratio(ours, theirs);
      output.printf(
          Locale.ROOT,
          "| %s | %s | %.0f | %s |%n",
          contender.label(),
          contender.guarantee().label(),
          median(theirs),
          ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "");
    });
  }

  /** The median of the ratios within each round. */
  private static OptionalDouble ratio(double[] ours, double[] theirs) {
    double[] ratios = new double[Math.min(ours.length, theirs.length)];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours[i] / theirs[i];
    }
    return ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(ratios));
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
