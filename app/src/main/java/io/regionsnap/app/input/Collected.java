package io.regionsnap.app.input;

import io.regionsnap.ports.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one document so far; only their number once there are more than the limit. */
final class Collected {
  private static final int FIRST_CAPACITY = 16 * 1024;

  /** A line end may come on top of a document that is just not too large. */
  private static final int LINE_END_BYTES = 2;

  private final int maxBytes;
  private byte[] kept = new byte[FIRST_CAPACITY];
  private long size;
  private byte beforeLast;
  private byte last;

  Collected(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes bytes, at least one. */
  void add(byte[] bytes, int from, int to) {
    int room = (int) Math.max(0, Math.min(to - from, maxBytes + LINE_END_BYTES - size));
    int used = (int) Math.min(size, kept.length);
    if (used + room > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(maxBytes + LINE_END_BYTES, 2 * (used + room)));
    }
    System.arraycopy(bytes, from, kept, used, room);
    size += to - from;
    beforeLast = to - from > 1 ? bytes[to - 2] : last;
    last = bytes[to - 1];
  }

  void dropLineEnd() {
    if (last == '\n') {
      size -= beforeLast == '\r' ? 2 : 1;
    }
  }

  boolean isBlank() {
    return isAllKept() && text().isBlank();
  }

  boolean isLoneBrace() {
    return isAllKept() && text().strip().equals("{");
  }

  private boolean isAllKept() {
    return size <= kept.length;
  }

  private String text() {
    return new String(kept, 0, (int) size, StandardCharsets.ISO_8859_1);
  }

  Item toItem(Origin origin) {
    return size > maxBytes
        ? new Item.Oversized(origin, size)
        : new Item.Document(origin, Value.copyOf(ByteBuffer.wrap(kept, 0, (int) size)));
  }
}
