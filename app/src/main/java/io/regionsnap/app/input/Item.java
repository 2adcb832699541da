package io.regionsnap.app.input;

import io.regionsnap.ports.Value;

/** One thing that was found in the input. */
public sealed interface Item {

  /**
   * A document.
   *
   * @param origin where it was found
   * @param body its bytes, exactly; of a line, without the line end
   */
  record Document(Origin origin, Value body) implements Item {}

  /**
   * A document above the limit. It was not kept in memory.
   *
   * @param origin where it was found
   * @param size its size in bytes
   */
  record Oversized(Origin origin, long size) implements Item {}

  /**
   * A file or a folder that cannot be read, or not to its end.
   *
   * @param source its name
   * @param problem why not
   */
  record Unreadable(String source, String problem) implements Item {}

  /** There is no more. */
  record End() implements Item {}
}
