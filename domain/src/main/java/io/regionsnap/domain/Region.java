package io.regionsnap.domain;

/**
 * The name of a world region, such as {@code mena} or {@code north-america}.
 *
 * @param name lower-case words of letters and digits joined by single hyphens, the first beginning
 *     with a letter; at most {@value #MAX_LENGTH} characters
 */
public record Region(String name) implements Comparable<Region> {
  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if {@link #isName} says no
   */
  public Region {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of a region: " + Quoted.of(name));
    }
  }

  /**
   * Whether a text is the name of a region.
   *
   * @param text any text
   * @return whether it is
   */
  public static boolean isName(String text) {
    // By hand, as in Token.
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || !isLetter(text.charAt(0))
        || text.endsWith("-")
        || text.contains("--")) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char character = text.charAt(i);
      if (!isLetter(character) && !(character >= '0' && character <= '9') && character != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char character) {
    return character >= 'a' && character <= 'z';
  }

  @Override
  public int compareTo(Region other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
