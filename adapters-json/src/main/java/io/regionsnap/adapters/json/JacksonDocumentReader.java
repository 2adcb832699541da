package io.regionsnap.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.regionsnap.domain.DocumentReader;
import io.regionsnap.ports.Value;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads documents with Jackson's streaming parser: one pass, no tree.
 *
 * <p>Refused: what RFC 8259 does not allow (comments, single quotes, {@code NaN}, leading zeros,
 * trailing commas); a byte order mark; anything but UTF-8; a key given twice in any object of the
 * document, however it is written; anything but white space after the document; a top level that is
 * no object; nesting and size above the limits. A lone surrogate written as an escape is allowed,
 * as the RFC allows it.
 *
 * <p>The place of a fault is the first byte that no document can have after what stands before it;
 * of a key given twice, the second one's quote; of too deep nesting, the bracket that is one too
 * many. A line ends with LF, CR or CRLF.
 *
 * <p>Thread-safe.
 */
public final class JacksonDocumentReader implements DocumentReader {
  /** The default limit on the size of a document, 8 MiB. */
  public static final int DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

  /** The default limit on nested objects and arrays. */
  public static final int DEFAULT_MAX_DEPTH = 1000;

  private final int maxBytes;
  private final int maxDepth;
  private final JsonFactory factory;

  /** A reader with the default limits. */
  public JacksonDocumentReader() {
    this(DEFAULT_MAX_BYTES, DEFAULT_MAX_DEPTH);
  }

  /**
   * A reader.
   *
   * @param maxBytes the size of the largest document
   * @param maxDepth how many objects and arrays may be open at once, the document itself included
   * @throws IllegalArgumentException if one of them is not positive
   */
  public JacksonDocumentReader(int maxBytes, int maxDepth) {
    if (maxBytes < 1 || maxDepth < 1) {
      throw new IllegalArgumentException("maxBytes " + maxBytes + ", maxDepth " + maxDepth);
    }
    this.maxBytes = maxBytes;
    this.maxDepth = maxDepth;
    this.factory = JsonFactory.builder()
        // Else a document in UTF-16 would pass.
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(StreamReadConstraints.builder()
            // FieldCollector stops at the limit itself, where it knows the place.
            .maxNestingDepth(maxDepth == Integer.MAX_VALUE ? maxDepth : maxDepth + 1)
            .maxNameLength(maxBytes)
            .maxStringLength(maxBytes)
            .maxNumberLength(maxBytes)
            .build())
        .build();
  }

  @Override
  public Result read(Value document) {
    if (document.size() > maxBytes) {
      return new TooLarge(document.size(), maxBytes);
    }
    // Both passes over an array are several times as fast in a young JVM as over a buffer.
    return document.lend(this::read);
  }

  private Result read(byte[] bytes) {
    try {
      Utf8.require(bytes);
      return fields(bytes);
    } catch (MalformedException malformed) {
      return malformed.in(bytes);
    }
  }

  private Fields fields(byte[] document) {
    try (JsonParser parser = factory.createParser(document)) {
      return new FieldCollector(parser, maxDepth).collect();
    } catch (JsonProcessingException refused) {
      throw SyntaxScan.firstFault(document).orElseGet(() -> unexplained(refused));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  /** JSON by its grammar, and yet not for Jackson. */
  static MalformedException unexplained(JsonProcessingException refused) {
    return new MalformedException(
        refused instanceof StreamConstraintsException
            // Keys made to collide in its table of names, for one.
            ? "the document is beyond the limits of the JSON parser"
            : "a key holds half of a surrogate pair",
        Math.toIntExact(refused.getLocation().getByteOffset()));
  }
}
