package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.List;

/** A page of the names of keys, by SCAN. */
public final class KeyScan {
  private KeyScan() {}

  /**
   * What a server answered.
   *
   * @param next the server's cursor, or {@value #END}
   * @param keys those that match and that the port has a word for
   */
  public record Page(String next, List<Key> keys) {
    /** The cursor of the first page, and after the last. */
    public static final String END = "0";

    /** Copies the list. */
    public Page {
      keys = List.copyOf(keys);
    }

    /**
     * Whether this server has no more.
     *
     * @return whether the cursor says so
     */
    public boolean isLast() {
      return next.equals(END);
    }
  }

  /**
   * The command for a page.
   *
   * @param scan what to look for
   * @param cursor a server's cursor; {@link Page#END} for the first page
   * @return SCAN
   */
  public static Command command(Scan scan, String cursor) {
    String pattern = literal(scan.prefix()) + "*" + literal(scan.suffix());
    return Command.of("SCAN", cursor, "MATCH", pattern, "COUNT", scan.sizeHint());
  }

  /**
   * Reads the answer.
   *
   * @param scan what was looked for
   * @param reply the answer to {@link #command}; no {@link Reply.Failure}
   * @return the page
   * @throws UnexpectedReplyException if it is none
   */
  public static Page page(Scan scan, Reply reply) {
    List<Reply> parts = Replies.elements(reply, 2);
    List<Key> keys = new ArrayList<>();
    for (Reply name : Replies.elements(parts.get(1))) {
      Value bytes = Replies.bytes(name);
      if (isKey(bytes) && scan.matches(bytes.asUtf8())) {
        keys.add(new Key(bytes.asUtf8()));
      }
    }
    return new Page(Replies.text(parts.get(0)), keys);
  }

  /** Whether the port has a word for it: names are text, and not without end. */
  private static boolean isKey(Value name) {
    return name.size() > 0
        && name.size() <= Key.MAX_BYTES
        && Value.utf8(name.asUtf8()).equals(name);
  }

  /** A pattern that matches just this text. */
  private static String literal(String text) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("*?[]\\^-".indexOf(c) >= 0) {
        pattern.append('\\');
      }
      pattern.append(c);
    }
    return pattern.toString();
  }
}
