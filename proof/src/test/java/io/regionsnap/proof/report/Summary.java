package io.regionsnap.proof.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What all JVMs of a build counted, added up.
 *
 * @param stores counters by store, and their numbers
 * @param detections what became of the control group
 */
record Summary(Map<String, Map<String, Long>> stores, List<Detection> detections) {
  /** What the names of faults begin with, among the counters. */
  static final String FAULT = "fault: ";

  private static final String TAB = "\t";

  static String count(String store, String counter, long number) {
    return String.join(TAB, "count", store, counter, Long.toString(number));
  }

  static String detection(Detection found) {
    return String.join(
        TAB,
        "detection",
        found.control(),
        found.property(),
        Long.toString(found.tries()),
        found.finding().replaceAll("\\s+", " "));
  }

  /** Reads what the JVMs left in a folder. */
  static Summary read(Path folder) {
    Map<String, Map<String, Long>> stores = new TreeMap<>();
    List<Detection> detections = new ArrayList<>();
    for (String line : lines(folder)) {
      String[] parts = line.split(TAB, -1);
      if (parts[0].equals("count")) {
        stores
            .computeIfAbsent(parts[1], any -> new TreeMap<>())
            .merge(parts[2], Long.valueOf(parts[3]), Long::sum);
      } else {
        detections.add(new Detection(parts[1], parts[2], Long.parseLong(parts[3]), parts[4]));
      }
    }
    detections.sort(Comparator.comparing(Detection::control).thenComparing(Detection::property));
    return new Summary(stores, List.copyOf(detections));
  }

  private static List<String> lines(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Faults of all stores together; those of the control group are not in it. */
  long faults() {
    return stores.values().stream().mapToLong(Summary::faults).sum();
  }

  static long faults(Map<String, Long> counters) {
    return counters.entrySet().stream()
        .filter(counter -> counter.getKey().startsWith(FAULT))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  long total(Figure figure) {
    return stores.values().stream()
        .mapToLong(counters -> counters.getOrDefault(figure.toString(), 0L))
        .sum();
  }

  /** Those properties that did not catch a store of the control group. */
  List<Detection> missed() {
    return detections.stream().filter(detection -> !detection.isCaught()).toList();
  }
}
