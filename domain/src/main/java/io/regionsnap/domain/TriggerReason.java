package io.regionsnap.domain;

import java.util.regex.Pattern;

/**
 * Why a snapshot was computed, such as {@code scheduled_6h}. It is part of the claim's key.
 *
 * @param text 1 to {@value #MAX_LENGTH} ASCII letters, digits, hyphens, underscores and dots
 */
public record TriggerReason(String text) {
  /** The longest reason, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_LENGTH + "}");

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
    return TEXT.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
