package io.regionsnap.domain;

import java.util.regex.Pattern;

/**
 * The name of a world region, such as {@code mena} or {@code north-america}.
 *
 * @param name lower-case words of letters and digits joined by single hyphens, the first beginning
 *     with a letter; at most {@value #MAX_LENGTH} characters
 */
public record Region(String name) implements Comparable<Region> {
  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

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
    return text.length() <= MAX_LENGTH && NAME.matcher(text).matches();
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
