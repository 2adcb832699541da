package io.regionsnap.testkit.rest;

import io.regionsnap.testkit.redis.RespClient;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What the server knows of the commands of its Redis, and which of them REST does not offer. */
final class CommandTable {
  /** Those that wait, that hold a connection in a state, or that are for operators. */
  private static final Set<String> UNAVAILABLE = Set.of(
      "MULTI",
      "EXEC",
      "DISCARD",
      "WATCH",
      "UNWATCH",
      "BLPOP",
      "BRPOP",
      "BRPOPLPUSH",
      "BLMOVE",
      "BLMPOP",
      "BZPOPMIN",
      "BZPOPMAX",
      "BZMPOP",
      "WAIT",
      "SUBSCRIBE",
      "PSUBSCRIBE",
      "SSUBSCRIBE",
      "UNSUBSCRIBE",
      "PUNSUBSCRIBE",
      "SUNSUBSCRIBE",
      "MONITOR",
      "AUTH",
      "HELLO",
      "SELECT",
      "RESET",
      "QUIT",
      "CLIENT",
      "ASKING",
      "READONLY",
      "READWRITE",
      "ACL",
      "CONFIG",
      "DEBUG",
      "SHUTDOWN",
      "SAVE",
      "BGSAVE",
      "BGREWRITEAOF",
      "SYNC",
      "PSYNC",
      "REPLCONF",
      "REPLICAOF",
      "SLAVEOF",
      "FAILOVER",
      "CLUSTER",
      "MODULE",
      "MIGRATE",
      "SWAPDB",
      "LATENCY",
      "SLOWLOG");

  private final Map<String, Set<String>> flagsByName;

  private CommandTable(Map<String, Set<String>> flagsByName) {
    this.flagsByName = flagsByName;
  }

  static CommandTable of(RespClient redis) {
    Map<String, Set<String>> flags = new HashMap<>();
    for (Object entry : redis.list("COMMAND")) {
      List<?> fields = (List<?>) Objects.requireNonNull(entry);
      flags.put(
          new String((byte[]) Objects.requireNonNull(fields.get(0)), StandardCharsets.UTF_8)
              .toUpperCase(Locale.ROOT),
          ((List<?>) Objects.requireNonNull(fields.get(2)))
              .stream().map(String::valueOf).collect(Collectors.toSet()));
    }
    return new CommandTable(flags);
  }

  /** Whether REST offers it at all. */
  boolean isAvailable(RestCommand command) {
    boolean waits = command.name().startsWith("XREAD") && command.hasArgument("BLOCK");
    return flagsByName.containsKey(command.name())
        && !UNAVAILABLE.contains(command.name())
        && !waits;
  }

  /** Whether it only reads, so that a replica may serve it. */
  boolean isRead(RestCommand command) {
    return flagsByName.getOrDefault(command.name(), Set.of()).contains("readonly");
  }
}
