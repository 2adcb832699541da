package io.regionsnap.adapters.upstash;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okio.BufferedSink;

/**
 * A command as JSON, an array of strings; kept as the bytes that are sent. Immutable.
 *
 * <p>A JSON string is text: an argument that is not valid UTF-8 cannot be sent.
 */
final class JsonCommand {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int OVERHEAD = 64;

  private final List<byte[]> parts;

  private JsonCommand(byte[]... parts) {
    this.parts = List.of(parts);
  }

  /** Says that an argument is not text. */
  static final class NotTextException extends Exception {
    private static final long serialVersionUID = 1;

    NotTextException() {
      super("a value is not valid UTF-8, and the REST API carries nothing else");
    }
  }

  /** Both ways to call a script, sharing the bytes of what they share: all but the script. */
  record Call(JsonCommand byText, JsonCommand byHash) {}

  static JsonCommand of(Command command) throws NotTextException {
    return new JsonCommand(encode(command.name(), command.arguments()));
  }

  /** Writes a command that may hold nothing but text. */
  static JsonCommand ofText(Command command) {
    try {
      return of(command);
    } catch (NotTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Call call(Command eval, Command evalsha) throws NotTextException {
    byte[] rest = encode("", eval.arguments().subList(1, eval.arguments().size()));
    // What follows the empty name, which is three bytes: [""
    byte[] tail = java.util.Arrays.copyOfRange(rest, 3, rest.length);
    return new Call(new JsonCommand(head(eval), tail), new JsonCommand(head(evalsha), tail));
  }

  /** Name and script, without the end of the array. */
  private static byte[] head(Command command) throws NotTextException {
    byte[] whole = encode(command.name(), command.arguments().subList(0, 1));
    return java.util.Arrays.copyOf(whole, whole.length - 1);
  }

  private static byte[] encode(String name, List<Value> arguments) throws NotTextException {
    int size = arguments.stream().mapToInt(Value::size).sum();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(OVERHEAD + size + size / 4 + 3 * arguments.size());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartArray();
      json.writeString(name);
      for (Value argument : arguments) {
        requireText(argument);
        byte[] bytes = argument.toByteArray();
        json.writeUTF8String(bytes, 0, bytes.length);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static void requireText(Value value) throws NotTextException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(value.asByteBuffer());
    } catch (CharacterCodingException e) {
      throw new NotTextException();
    }
  }

  /** In bytes. */
  int size() {
    return parts.stream().mapToInt(part -> part.length).sum();
  }

  void writeTo(BufferedSink sink) throws IOException {
    for (byte[] part : parts) {
      sink.write(part);
    }
  }
}
