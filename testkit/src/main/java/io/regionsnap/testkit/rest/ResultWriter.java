package io.regionsnap.testkit.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.regionsnap.testkit.redis.RespError;
import io.regionsnap.testkit.rest.Commands.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes replies of Redis as JSON, with or without base64. */
final class ResultWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private final RestOptions.Base64 base64;

  /** A writer; what it does with strings is {@code IGNORED} if the client did not ask. */
  ResultWriter(RestOptions.Base64 base64) {
    this.base64 = base64;
  }

  /** {@code {"error":"…"}}. */
  static byte[] error(String message) {
    return json(out -> errorObject(out, message));
  }

  /** {@code {"result":…}} or {@code {"error":"…"}}. */
  byte[] one(@Nullable Object reply) {
    return json(out -> item(out, reply));
  }

  /** An array of the same. */
  byte[] all(List<? extends @Nullable Object> replies) {
    return json(out -> {
      out.writeStartArray();
      for (Object reply : replies) {
        item(out, reply);
      }
      out.writeEndArray();
    });
  }

  private void item(JsonGenerator out, @Nullable Object reply) throws IOException {
    if (reply instanceof RespError error) {
      errorObject(out, error.text());
      return;
    }
    if (reply instanceof Failure failure) {
      errorObject(out, failure.message());
      return;
    }
    out.writeStartObject();
    out.writeFieldName("result");
    value(out, reply);
    out.writeEndObject();
  }

  private void value(JsonGenerator out, @Nullable Object reply) throws IOException {
    if (reply == null) {
      out.writeNull();
    } else if (reply instanceof Long number) {
      out.writeNumber(number);
    } else if (reply instanceof byte[] bytes) {
      string(out, bytes);
    } else if (reply instanceof List<?> elements) {
      out.writeStartArray();
      for (Object element : elements) {
        value(out, element);
      }
      out.writeEndArray();
    } else if (reply instanceof RespError error) {
      out.writeString(error.text());
    } else if (reply.equals("OK") && base64 != RestOptions.Base64.OK_TOO) {
      out.writeString("OK");
    } else {
      string(out, reply.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void string(JsonGenerator out, byte[] bytes) throws IOException {
    // What is not UTF-8 becomes U+FFFD: that is why clients ask for base64.
    out.writeString(
        base64 == RestOptions.Base64.IGNORED
            ? new String(bytes, StandardCharsets.UTF_8)
            : Base64.getEncoder().encodeToString(bytes));
  }

  private static void errorObject(JsonGenerator out, String message) throws IOException {
    out.writeStartObject();
    out.writeStringField("error", message);
    out.writeEndObject();
  }

  private static byte[] json(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      writing.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private interface Writing {
    void write(JsonGenerator out) throws IOException;
  }
}
