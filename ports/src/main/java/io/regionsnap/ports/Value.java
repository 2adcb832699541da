package io.regionsnap.ports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Bytes that never change. Binary-safe: no encoding is assumed. Two values are equal when their
 * bytes are.
 *
 * <p>Writes that name the same {@code Value} object more than once let an adapter send its bytes
 * once.
 */
public final class Value {
  private final byte[] bytes;

  private Value(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * A value with these bytes.
   *
   * @param bytes copied, so that later changes by the caller do not show
   * @return the value
   */
  public static Value copyOf(byte[] bytes) {
    return new Value(bytes.clone());
  }

  /**
   * A value with the remaining bytes of a buffer.
   *
   * @param bytes copied; its position is left where it was
   * @return the value
   */
  public static Value copyOf(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new Value(copy);
  }

  /**
   * A value with the UTF-8 bytes of a text.
   *
   * @param text any text
   * @return the value
   */
  public static Value utf8(String text) {
    return new Value(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The number of bytes.
   *
   * @return zero or more
   */
  public int size() {
    return bytes.length;
  }

  /**
   * The bytes, copied out.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Lends the bytes to somebody who reads them at once, without a copy.
   *
   * @param reader gets the array itself, and neither changes nor keeps it
   * @param <R> what it makes of them
   * @return what it returned
   */
  public <R> R lend(Function<? super byte[], ? extends R> reader) {
    return reader.apply(bytes);
  }

  /**
   * A read-only view of the bytes, without a copy.
   *
   * @return a new buffer with its own position
   */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /**
   * The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. Meant for small values such as ids.
   *
   * @return the text
   */
  public String asUtf8() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Value that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The size and never the bytes: values are payloads, and payloads do not belong in logs. */
  @Override
  public String toString() {
    return "Value[" + bytes.length + " bytes]";
  }
}
