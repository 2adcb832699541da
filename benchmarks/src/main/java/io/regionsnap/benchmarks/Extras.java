package io.regionsnap.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What is not measured by JMH, and what it was measured on: the file {@code extras.json}. */
final class Extras {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;
  private final ObjectNode values;

  private Extras(Path file, ObjectNode values) {
    this.file = file;
    this.values = values;
  }

  /** Those of a folder; none if it has none yet. */
  static Extras in(Path folder) {
    Path file = folder.resolve("extras.json");
    try {
      return new Extras(
          file,
          Files.exists(file)
              ? (ObjectNode) MAPPER.readTree(file.toFile())
              : MAPPER.createObjectNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes the machine, never its name, and which Redis is measured. */
  void describe() {
    values.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    values.put("jdk", Runtime.version().toString());
    values.put("cores", Runtime.getRuntime().availableProcessors());
    values.put("processor", processor());
    try (RedisServer server = RedisServer.start();
        RespClient client = server.connect()) {
      values.put("redis", said(client, "server", "redis_version"));
      values.put("allocator", said(client, "memory", "mem_allocator"));
    }
    save();
  }

  private static String said(RespClient client, String section, String field) {
    return client
        .text("INFO", section)
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("?");
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch", "unknown");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch", "unknown"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes a number. */
  void put(String group, String name, double value) {
    values.withObject("/" + group).put(name, value);
    save();
  }

  private void save() {
    try {
      MAPPER.writeValue(file.toFile(), values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number; empty if it was not measured. */
  OptionalDouble get(String group, String name) {
    JsonNode value = values.path(group).path(name);
    return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
  }

  /** On one line. */
  String machine() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores of %s, JDK %s, Redis %s (%s)",
        values.path("date").asText("?"),
        values.path("cores").asInt(),
        values.path("processor").asText("?"),
        values.path("jdk").asText("?"),
        values.path("redis").asText("?"),
        values.path("allocator").asText("?"));
  }
}
