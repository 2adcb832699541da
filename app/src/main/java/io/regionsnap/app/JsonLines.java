package io.regionsnap.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.inject.Inject;
import javax.inject.Singleton;

/** Writes JSON for programs to the console, one value on each line. */
@Singleton
final class JsonLines {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Console console;

  @Inject
  JsonLines(Console console) {
    this.console = console;
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** One object on a line. */
  void object(Content fields) {
    value(json -> {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    });
  }

  /** One value on a line. */
  void value(Content content) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      content.writeTo(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    line.write('\n');
    console.write(line.toByteArray());
  }
}
