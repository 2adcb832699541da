package io.regionsnap.domain;

import io.regionsnap.ports.Value;

/**
 * The id of a snapshot, as the service that computed it chose it.
 *
 * @param text 1 to {@value #MAX_LENGTH} ASCII letters, digits, hyphens, underscores and dots:
 *     nothing that could end one part of a key and begin another
 */
public record SnapshotId(String text) {
  /** The longest id, in characters. */
  public static final int MAX_LENGTH = 128;

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if {@link #isId} says no
   */
  public SnapshotId {
    if (!isId(text)) {
      throw new IllegalArgumentException("not the id of a snapshot: " + Quoted.of(text));
    }
  }

  /**
   * Whether a text is a snapshot's id.
   *
   * @param text any text
   * @return whether it is
   */
  public static boolean isId(String text) {
    return Token.isToken(text, MAX_LENGTH);
  }

  /**
   * The id as it is stored in a pointer and in a claim.
   *
   * @return the bare text
   */
  public Value toValue() {
    return Value.utf8(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
