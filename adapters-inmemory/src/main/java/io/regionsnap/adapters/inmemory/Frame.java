package io.regionsnap.adapters.inmemory;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.h2.mvstore.WriteBuffer;

/*
 * The stored format. H2 MVStore keeps pages of a B-tree map; inside a page everything of ours is in
 * frames:
 *
 *   page of the map "regionsnap"
 *   +-----------+----------------------------+--------------------+-- ... --+--------------------+
 *   | H2's own  | frame: all keys of the page | frame: 1st content | ...     | frame: n-th content |
 *   +-----------+----------------------------+--------------------+-- ... --+--------------------+
 *                                             (inner pages: H2's child positions; no contents)
 *
 *   frame
 *   +---------+--------+---------+------------------+
 *   | version | length | CRC32C  | payload          |
 *   | 1 byte  | 4      | 4       | `length` bytes   |      numbers are big-endian
 *   +---------+--------+---------+------------------+
 *   CRC32C is over the version and the payload. The frame itself never changes shape; a payload of
 *   another version may.
 *
 *   place (version 1)                                 content (version 1): a tag, then
 *   +-------+--------+-------+-----------------+      H  last number long, places long
 *   | table | number | score | name            |      s  expiry, rest: the value's bytes
 *   | 1     | 8      | 8     | chars, then     |      l  expiry, body long
 *   |       |        |       | H2's string     |      i  expiry, number long
 *   +-------+--------+-------+-----------------+      c  score long
 *                                                     u  count long
 *   expiry: 0, or 1 and epoch milliseconds            b  rest: the value's bytes
 *                                                     m  nothing
 */
/** A stretch of bytes that knows its version and whether it is whole. */
final class Frame {
  /** The version that is written. Versions from 1 to this one are read. */
  static final int NEWEST_VERSION = 1;

  private static final int LENGTH_OFFSET = 1;
  private static final int CRC_OFFSET = 5;
  private static final int HEADER_BYTES = 9;

  private Frame() {}

  static void write(WriteBuffer buffer, Consumer<WriteBuffer> payload) {
    int start = buffer.position();
    buffer.put((byte) NEWEST_VERSION).putInt(0).putInt(0);
    payload.accept(buffer);
    int length = buffer.position() - start - HEADER_BYTES;
    ByteBuffer bytes = buffer.getBuffer().duplicate();
    bytes.limit(buffer.position()).position(start + HEADER_BYTES);
    buffer.putInt(start + LENGTH_OFFSET, length);
    buffer.putInt(start + CRC_OFFSET, crc(NEWEST_VERSION, bytes));
  }

  /**
   * Reads one frame and leaves the buffer behind it.
   *
   * @throws Damage if it is not whole, is of a newer version, or has more in it than was read
   */
  static <T> T read(ByteBuffer buffer, Function<ByteBuffer, T> payload) {
    if (buffer.remaining() < HEADER_BYTES) {
      throw new Damage("a record is cut off");
    }
    int version = Byte.toUnsignedInt(buffer.get());
    int length = buffer.getInt();
    int crc = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new Damage("a record is cut off");
    }
    ByteBuffer bytes = buffer.slice().limit(length);
    if (crc(version, bytes.duplicate()) != crc) {
      throw new Damage("a record's checksum does not match");
    }
    if (version < 1 || version > NEWEST_VERSION) {
      throw new Damage("a record is of version " + version + ", unknown here");
    }
    T result = payload.apply(bytes);
    if (bytes.hasRemaining()) {
      throw new Damage("a record is longer than what it holds");
    }
    buffer.position(buffer.position() + length);
    return result;
  }

  private static int crc(int version, ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    crc.update(version);
    crc.update(payload);
    return (int) crc.getValue();
  }
}
