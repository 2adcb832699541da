package io.regionsnap.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before and after the region in the name of a key.
 *
 * @param prefix what the name begins with
 * @param suffix what follows the region; more may follow it
 * @param namesRegion whether the name holds the region at all
 */
public record Affixes(String prefix, String suffix, boolean namesRegion) {
  /**
   * The longest run of characters that a region may have; neither suffix begins with one of them.
   */
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]*");

  Affixes(String prefix, String suffix) {
    this(prefix, suffix, true);
  }

  Affixes(String prefix) {
    this(prefix, "", false);
  }

  String around(Region region) {
    return around(region, "");
  }

  /** Another text follows the suffix. */
  String around(Region region, String rest) {
    return namesRegion ? prefix + region.name() + suffix + rest : prefix + rest;
  }

  /**
   * Takes the name of a key apart.
   *
   * @param name the name of a key
   * @return its parts; empty if it is not of this form
   */
  Optional<Parts> parse(String name) {
    if (!name.startsWith(prefix)) {
      return Optional.empty();
    }
    Matcher region = REGION.matcher(name).region(prefix.length(), name.length());
    if (!region.lookingAt()
        || !Region.isName(region.group())
        || !name.startsWith(suffix, region.end())) {
      return Optional.empty();
    }
    return Optional.of(
        new Parts(new Region(region.group()), name.substring(region.end() + suffix.length())));
  }

  /**
   * The parts of a name.
   *
   * @param region the region
   * @param rest what follows the suffix
   */
  record Parts(Region region, String rest) {
    boolean isWhole() {
      return rest.isEmpty();
    }
  }
}
