package io.regionsnap.domain;

/**
 * Why a snapshot was computed, such as {@code scheduled_6h}. It is part of the claim's key.
 *
 * @param text 1 to {@value #MAX_LENGTH} ASCII letters, digits, hyphens, underscores and dots
 */
public record TriggerReason(String text) {
  /** The longest reason, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if {@link #isReason} says no
   */
  public TriggerReason {
    if (!isReason(text)) {
      throw new IllegalArgumentException("not a trigger reason: " + Quoted.of(text));
    }
  }

  /**
   * Whether a text is a trigger reason.
   *
   * @param text any text
   * @return whether it is
   */
  public static boolean isReason(String text) {
    return Token.isToken(text, MAX_LENGTH);
  }

  @Override
  public String toString() {
    return text;
  }
}
