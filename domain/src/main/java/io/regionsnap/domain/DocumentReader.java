package io.regionsnap.domain;

import io.regionsnap.ports.Value;

/**
 * Reads from a JSON document the few fields that the domain needs. The one thing that the domain
 * asks of a JSON library.
 *
 * <p>Implementations are thread-safe, read the document once, and refuse everything that two
 * readers might understand differently: a key given twice in one object, anything after the
 * document, bytes that are not UTF-8.
 */
@FunctionalInterface
public interface DocumentReader {

  /**
   * Reads a document.
   *
   * @param document the bytes of a document
   * @return its fields, or why it cannot be read
   */
  Result read(Value document);

  /** What became of reading. */
  sealed interface Result {}

  /**
   * The fields of a well-formed document whose top level is an object.
   *
   * @param regionId {@code region_id}
   * @param generatedAt {@code generated_at}
   * @param snapshotId {@code meta.snapshot_id}
   * @param triggerReason {@code meta.trigger_reason}
   */
  record Fields(Field regionId, Field generatedAt, Field snapshotId, Field triggerReason)
      implements Result {}

  /**
   * The document is not well-formed.
   *
   * @param problem what is wrong; a sentence without a full stop that quotes no content
   * @param line where, counted from 1
   * @param column where in the line, in bytes counted from 1
   */
  record Malformed(String problem, long line, long column) implements Result {}

  /**
   * The document is larger than the reader's limit.
   *
   * @param size its size in bytes
   * @param limit the largest size in bytes
   */
  record TooLarge(long size, long limit) implements Result {}

  /** One field as it stands in the document. */
  sealed interface Field {}

  /** The field, or the object that should hold it, is not there. */
  record Missing() implements Field {}

  /**
   * A JSON string.
   *
   * @param text its content
   */
  record Text(String text) implements Field {}

  /**
   * A JSON number.
   *
   * @param literal as written in the document
   */
  record Numeric(String literal) implements Field {}

  /**
   * A value of another type.
   *
   * @param type what it is instead: {@code null}, {@code boolean}, {@code object} or {@code array}
   */
  record Other(String type) implements Field {}

  /**
   * What should be the object that holds the field is something else.
   *
   * @param holder the name of what should be an object
   * @param type what it is instead: {@code null}, {@code boolean}, {@code number}, {@code string}
   *     or {@code array}
   */
  record Unreachable(String holder, String type) implements Field {}
}
