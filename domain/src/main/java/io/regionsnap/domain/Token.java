package io.regionsnap.domain;

/**
 * Text of ASCII letters, digits, hyphens, underscores and dots. Checked by hand: an audit does it
 * several times for each key.
 */
final class Token {
  private Token() {}

  /** Whether a text has one to so many of these characters, and no others. */
  static boolean isToken(String text, int maxLength) {
    if (text.isEmpty() || text.length() > maxLength) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '-' && character <= '9' && character != '/')
        || character == '_';
  }
}
