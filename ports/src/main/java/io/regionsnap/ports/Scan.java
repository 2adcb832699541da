package io.regionsnap.ports;

import java.util.Optional;

/**
 * Asks for the names of keys, a page at a time.
 *
 * <p>A key that exists from the first page to the last is named at least once, possibly more than
 * once; a key that comes or goes in between may be named or not. (Redis's SCAN gives no more.)
 *
 * @param prefix what the names begin with; may be empty
 * @param suffix what the names end with; may be empty. Prefix and suffix do not overlap in a name
 * @param cursor where to go on: {@link ScanPage#next()} of the page before; empty for the first
 *     page
 * @param sizeHint about how many keys to look at for the page, one or more
 */
public record Scan(String prefix, String suffix, Optional<String> cursor, int sizeHint) {
  /**
   * Checks the hint.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Scan {
    if (sizeHint < 1) {
      throw new IllegalArgumentException("sizeHint " + sizeHint);
    }
  }

  /**
   * Whether a name matches the prefix and the suffix.
   *
   * @param name the name of a key
   * @return whether it does
   */
  public boolean matches(String name) {
    return name.length() >= prefix.length() + suffix.length()
        && name.startsWith(prefix)
        && name.endsWith(suffix);
  }
}
