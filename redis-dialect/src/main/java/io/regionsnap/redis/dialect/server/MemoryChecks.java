package io.regionsnap.redis.dialect.server;

import io.regionsnap.ports.StoreDiagnostics.Check;
import java.util.Optional;
import java.util.OptionalLong;

/** What happens when the memory is full, and how full it is. */
final class MemoryChecks {
  private static final String EVICTION = "eviction";
  private static final String MEMORY = "memory";
  private static final long NEARLY_FULL_PERCENT = 90;
  private static final String SET_POLICY =
      "set maxmemory-policy noeviction (Upstash: Eviction off): what is evicted leaves the rest of"
          + " its snapshot behind, which is drift";

  private MemoryChecks() {}

  static Check eviction(ServerSight sight) {
    Optional<String> policy = sight.field("maxmemory_policy");
    if (policy.isEmpty()) {
      return sight.unseen(
          EVICTION,
          "make sure that maxmemory-policy is noeviction (Upstash: that Eviction is off in the"
              + " console)");
    }
    String seen = "maxmemory-policy is " + policy.get();
    long evicted = sight.number("evicted_keys").orElse(0);
    if (!policy.get().equals("noeviction")) {
      return sight.number("maxmemory").orElse(1) == 0 && evicted == 0
          ? Check.warn(EVICTION, seen + "; there is no limit yet that would evict", SET_POLICY)
          : Check.fail(EVICTION, seen + evictedSoFar(evicted), SET_POLICY);
    } else if (evicted > 0) {
      return Check.warn(
          EVICTION, seen + evictedSoFar(evicted), "look for what is missing: regionsnap audit");
    }
    return Check.pass(EVICTION, seen);
  }

  private static String evictedSoFar(long keys) {
    return keys == 0
        ? ""
        : "; keys evicted since the server started, or its statistics were reset: " + keys;
  }

  static Check memory(ServerSight sight) {
    OptionalLong limit = sight.number("maxmemory");
    OptionalLong used = sight.number("used_memory");
    if (limit.isEmpty() || used.isEmpty()) {
      return sight.unseen(
          MEMORY, "leave room below maxmemory: where it is full, commits are refused");
    } else if (limit.getAsLong() == 0) {
      return Check.pass(MEMORY, "%d bytes used, without a limit".formatted(used.getAsLong()));
    }
    long percent = percent(used.getAsLong(), limit.getAsLong());
    String seen =
        "%d of %d bytes used, %d %%".formatted(used.getAsLong(), limit.getAsLong(), percent);
    if (percent >= 100) {
      return Check.fail(MEMORY, seen, "raise maxmemory: where it is full, commits are refused");
    }
    return percent >= NEARLY_FULL_PERCENT
        ? Check.warn(MEMORY, seen, "raise maxmemory: once it is full, commits are refused")
        : Check.pass(MEMORY, seen);
  }

  private static long percent(long used, long limit) {
    return (long) (100.0 * used / limit);
  }
}
