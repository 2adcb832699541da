package io.regionsnap.adapters.inmemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a file is, judged by its first bytes, before MVStore gets to see it.
 *
 * <p>An MVStore file begins with two copies of its header, 4 KiB each: {@code H:2,block:...}, in
 * which {@code chunk:} names the newest chunk as soon as there is one. Chunks follow from 8 KiB on
 * and begin with {@code chunk:}.
 */
enum FileHead {
  /** There is no file. */
  MISSING,
  /** A file without bytes, or one whose creation was cut off before the first commit. */
  UNUSED,
  /** Looks like an MVStore file. */
  STORE,
  /** Was an MVStore file; its headers are gone. */
  HEADLESS,
  /** Something else. */
  FOREIGN;

  private static final int HEADER_BYTES = 4096;
  private static final String HEADER_START = "H:2,";
  private static final String HEADER_END = ",fletcher:";
  private static final String CHUNK = "chunk:";

  /**
   * Looks at a file. Must not be called while this process has the file open: on POSIX systems
   * closing any channel to a file drops every lock that the process holds on it.
   */
  static FileHead of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      return FOREIGN;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return of(channel);
    } catch (NoSuchFileException e) {
      return MISSING;
    }
  }

  static FileHead of(FileChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(2 * HEADER_BYTES + CHUNK.length());
    while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
      // Read on.
    }
    return judge(new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1));
  }

  private static FileHead judge(String head) {
    if (head.isEmpty()) {
      return UNUSED;
    }
    String first = head.substring(0, Math.min(head.length(), HEADER_BYTES));
    String second = head.substring(first.length(), Math.min(head.length(), 2 * HEADER_BYTES));
    boolean store = first.startsWith(HEADER_START) || second.startsWith(HEADER_START);
    if (!store) {
      return head.startsWith(CHUNK, 2 * HEADER_BYTES) ? HEADLESS : FOREIGN;
    }
    // The second copy may be cut off, the first may not: a store that was cut off is not unused.
    boolean created = first.contains(CHUNK) || !first.contains(HEADER_END);
    return !created && first.startsWith(second) ? UNUSED : STORE;
  }
}
