package io.regionsnap.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the files that JMH writes as JSON. */
final class ResultFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("jmh-(.*)\\.json");

  private ResultFiles() {}

  /** Everything in the files of a folder that are called {@code jmh-GROUP.json}, by group. */
  static Map<String, List<Measurement>> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      Map<String, List<Measurement>> groups = new TreeMap<>();
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          groups.put(name.group(1), of(file));
        }
      }
      return groups;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Measurement> of(Path file) {
    try {
      List<Measurement> measurements = new ArrayList<>();
      for (JsonNode entry : MAPPER.readTree(file.toFile())) {
        measurements.add(measurement(entry));
      }
      return measurements;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static Measurement measurement(JsonNode entry) {
    JsonNode primary = entry.path("primaryMetric");
    Map<String, String> params = new TreeMap<>();
    entry
        .path("params")
        .properties()
        .forEach(param -> params.put(param.getKey(), param.getValue().asText()));
    Map<String, Double> secondary = new TreeMap<>();
    entry
        .path("secondaryMetrics")
        .properties()
        .forEach(metric ->
            secondary.put(metric.getKey(), metric.getValue().path("score").asDouble()));
    return new Measurement(
        entry.path("benchmark").asText().replaceFirst("^.*\\.", ""),
        params,
        entry.path("threads").asInt(),
        entry.path("mode").asText(),
        primary.path("score").asDouble(),
        primary.path("scoreUnit").asText(),
        numbers(primary.path("scorePercentiles")),
        secondary);
  }

  private static Map<String, Double> numbers(JsonNode object) {
    Map<String, Double> numbers = new TreeMap<>();
    object
        .properties()
        .forEach(field -> numbers.put(field.getKey(), field.getValue().asDouble()));
    return numbers;
  }
}
