package io.regionsnap.adapters.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.regionsnap.domain.DocumentReader.Field;
import io.regionsnap.domain.DocumentReader.Fields;
import io.regionsnap.domain.DocumentReader.Missing;
import io.regionsnap.domain.DocumentReader.Numeric;
import io.regionsnap.domain.DocumentReader.Other;
import io.regionsnap.domain.DocumentReader.Text;
import io.regionsnap.domain.DocumentReader.Unreachable;
import java.io.IOException;

/** Walks through one document from its first token to its last. */
final class FieldCollector {
  private final JsonParser parser;
  private final int maxDepth;

  private final OpenKeys open = new OpenKeys();

  private Field regionId = new Missing();
  private Field generatedAt = new Missing();
  private Field snapshotId = new Missing();
  private Field triggerReason = new Missing();

  FieldCollector(JsonParser parser, int maxDepth) {
    this.parser = parser;
    this.maxDepth = maxDepth;
  }

  Fields collect() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new MalformedException(
          "the document is empty", Math.toIntExact(parser.currentLocation().getByteOffset()));
    }
    if (first != JsonToken.START_OBJECT) {
      throw new MalformedException("the top level is not an object", offset());
    }
    enter();
    boolean inMeta = false;
    while (open.depth() > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        requireNewKey();
      } else if (token.isStructEnd()) {
        open.leave();
      } else {
        inMeta = value(token, inMeta);
      }
    }
    if (parser.nextToken() != null) {
      throw new MalformedException("something follows the document", offset());
    }
    return new Fields(regionId, generatedAt, snapshotId, triggerReason);
  }

  private void requireNewKey() throws IOException {
    if (!open.add(parser.currentName())) {
      throw new MalformedException("a key stands twice in the same object", offset());
    }
  }

  /** Takes a value, or the start of one; returns whether the next one at depth 2 is in meta. */
  private boolean value(JsonToken token, boolean inMeta) throws IOException {
    boolean nowInMeta = inMeta;
    if (open.depth() == 1) {
      nowInMeta = topLevel(token);
    } else if (open.depth() == 2 && inMeta) {
      meta(token);
    }
    if (token.isStructStart()) {
      enter();
    }
    return nowInMeta;
  }

  private void enter() {
    if (open.depth() == maxDepth) {
      throw new MalformedException("the document is nested deeper than " + maxDepth, offset());
    }
    open.enter();
  }

  private boolean topLevel(JsonToken token) throws IOException {
    switch (parser.currentName()) {
      case "region_id" -> regionId = field(token);
      case "generated_at" -> generatedAt = field(token);
      case "meta" -> {
        if (token == JsonToken.START_OBJECT) {
          return true;
        }
        snapshotId = new Unreachable("meta", type(token));
        triggerReason = snapshotId;
      }
      default -> {}
    }
    return false;
  }

  private void meta(JsonToken token) throws IOException {
    switch (parser.currentName()) {
      case "snapshot_id" -> snapshotId = field(token);
      case "trigger_reason" -> triggerReason = field(token);
      default -> {}
    }
  }

  private Field field(JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return new Text(parser.getText());
    }
    return token.isNumeric() ? new Numeric(parser.getText()) : new Other(type(token));
  }

  private static String type(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "object";
      case START_ARRAY -> "array";
      case VALUE_STRING -> "string";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "boolean";
      default -> "number";
    };
  }

  private int offset() {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }
}
