package io.regionsnap.domain;

/**
 * Text from outside, made fit for a message: in quotes, on one line, without control characters,
 * and short.
 */
public final class Quoted {
  private static final int MAX_LENGTH = 80;

  private Quoted() {}

  /**
   * The text in double quotes; control characters become {@code ?}, and what is longer than 80
   * characters is cut with an ellipsis.
   *
   * @param text any text
   * @return the quoted text
   */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .limit(MAX_LENGTH)
        .map(character -> isPrintable(character) ? character : '?')
        .forEach(quoted::appendCodePoint);
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      quoted.append('…');
    }
    return quoted.append('"').toString();
  }

  private static boolean isPrintable(int character) {
    int type = Character.getType(character);
    return !Character.isISOControl(character)
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }
}
