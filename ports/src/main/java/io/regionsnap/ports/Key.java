package io.regionsnap.ports;

import java.nio.charset.StandardCharsets;

/**
 * The name of a value or an index in a store.
 *
 * @param name the name, not empty, at most {@value #MAX_BYTES} bytes in UTF-8 (the smallest limit
 *     of the stores that are served: Upstash's 32 KB)
 */
public record Key(String name) {
  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 32 * 1024;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public Key {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a key's name is not empty");
    }
    // No character takes more than three bytes, so that most names need not be written out.
    if (name.length() > MAX_BYTES / 3 && name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException("a key's name is longer than " + MAX_BYTES + " bytes");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
