package io.regionsnap.redis.dialect.server;

import io.regionsnap.ports.StoreDiagnostics.Check;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which server this is, and whether it is new enough. */
final class VersionCheck {
  private static final String NAME = "version";
  private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");
  private static final int OLDEST_MAJOR = 6;
  private static final int OLDEST_MINOR = 2;
  private static final String NEEDED =
      "commits need Redis 6.2 or later, or a server that does what that does";

  private VersionCheck() {}

  static Check of(ServerSight sight) {
    Optional<String> compatible = sight.field("redis_version");
    if (compatible.isEmpty()) {
      return sight.unseen(NAME, NEEDED);
    }
    String seen = named(sight, compatible.get());
    Matcher numbers = NUMBERS.matcher(compatible.get());
    if (!numbers.matches()) {
      return Check.warn(NAME, seen, NEEDED);
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    boolean old = major < OLDEST_MAJOR || (major == OLDEST_MAJOR && minor < OLDEST_MINOR);
    return old ? Check.fail(NAME, seen, NEEDED + ": upgrade the server") : Check.pass(NAME, seen);
  }

  private static String named(ServerSight sight, String compatible) {
    if (sight.field("upstash_version").isPresent()) {
      return "Upstash %s, as Redis %s".formatted(sight.field("upstash_version").get(), compatible);
    } else if (sight.field("valkey_version").isPresent()) {
      return "Valkey %s, as Redis %s".formatted(sight.field("valkey_version").get(), compatible);
    }
    return "Redis " + compatible;
  }
}
