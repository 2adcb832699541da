package io.regionsnap.testkit.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A command and its arguments, as it goes to Redis.
 *
 * @param parts at least the name
 */
record RestCommand(List<byte[]> parts) {
  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
      .build();

  RestCommand {
    if (parts.isEmpty() || parts.get(0).length == 0) {
      throw RestRefusal.error(400, "ERR empty command");
    }
    parts = List.copyOf(parts);
  }

  /** Its name, in upper case. */
  String name() {
    return new String(parts.get(0), StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
  }

  boolean hasArgument(String word) {
    return parts.stream()
        .skip(1)
        .anyMatch(part -> word.equalsIgnoreCase(new String(part, StandardCharsets.UTF_8)));
  }

  long longestPart() {
    return parts.stream().mapToLong(part -> part.length).max().orElse(0);
  }

  /** Reads {@code ["SET","foo","bar"]}. */
  static RestCommand parse(byte[] json) {
    return parse(json, parser -> command(parser));
  }

  /** Reads an array of commands, of which there must be one. */
  static List<RestCommand> parseAll(byte[] json) {
    return parse(json, parser -> {
      expectArray(parser.nextToken());
      List<RestCommand> commands = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expectArray(parser.currentToken());
        commands.add(new RestCommand(arguments(parser)));
      }
      if (commands.isEmpty()) {
        throw RestRefusal.error(400, "ERR empty pipeline request");
      }
      return commands;
    });
  }

  private static <T> T parse(byte[] json, Reading<T> reading) {
    try (JsonParser parser = JSON.createParser(json)) {
      T read = reading.read(parser);
      if (parser.nextToken() != null) {
        throw malformed();
      }
      return read;
    } catch (IOException e) {
      throw malformed();
    }
  }

  private static RestCommand command(JsonParser parser) throws IOException {
    expectArray(parser.nextToken());
    return new RestCommand(arguments(parser));
  }

  private static List<byte[]> arguments(JsonParser parser) throws IOException {
    List<byte[]> arguments = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonToken token = parser.currentToken();
      // Numbers go to Redis in the digits in which they came.
      if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
        throw malformed();
      }
      arguments.add(parser.getText().getBytes(StandardCharsets.UTF_8));
    }
    return arguments;
  }

  private static void expectArray(JsonToken token) {
    if (token != JsonToken.START_ARRAY) {
      throw malformed();
    }
  }

  private static RestRefusal malformed() {
    return RestRefusal.error(
        400, "ERR failed to parse the request: an array of strings, numbers and booleans expected");
  }

  private interface Reading<T> {
    T read(JsonParser parser) throws IOException;
  }
}
