package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Value;
import java.util.Collections;
import java.util.List;

/**
 * What a server answers to one command, in the shapes of RESP2. An adapter that speaks something
 * else (JSON) translates.
 */
public sealed interface Reply {

  /**
   * Bytes.
   *
   * @param bytes the bytes
   */
  record Bulk(Value bytes) implements Reply {}

  /**
   * A short text such as OK.
   *
   * @param text the text
   */
  record Status(String text) implements Reply {}

  /**
   * A whole number.
   *
   * @param number the number
   */
  record Whole(long number) implements Reply {}

  /** Nothing: no such key, no such member, an EXEC that was called off. */
  record Nil() implements Reply {}

  /**
   * Several replies.
   *
   * @param elements in order
   */
  record Many(List<Reply> elements) implements Reply {
    /** Takes the list over: it must not change any more. Replies can be long, so none is copied. */
    public Many {
      elements = Collections.unmodifiableList(elements);
    }
  }

  /**
   * An error.
   *
   * @param message what the server said, beginning with the error's code
   */
  record Failure(String message) implements Reply {
    /**
     * Whether the key holds another kind than the command is for.
     *
     * @return whether the code is WRONGTYPE
     */
    public boolean isWrongType() {
      return message.startsWith("WRONGTYPE");
    }
  }
}
