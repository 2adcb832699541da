package io.regionsnap.redis.dialect.server;

import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judges what servers show of themselves. */
public final class ServerChecks {
  private ServerChecks() {}

  /**
   * Judges a server that is spoken to itself, or by way of something that is not Upstash.
   *
   * @param sight what it shows
   * @param durableReplicas how many replicas are to confirm a commit
   * @return the checks, the same ones in the same order for every server
   */
  public static List<Check> all(ServerSight sight, int durableReplicas) {
    List<Check> checks = new ArrayList<>(ofMemory(sight));
    checks.add(PersistenceCheck.persistence(sight));
    checks.add(PersistenceCheck.lastSave(sight));
    checks.addAll(ReplicaChecks.of(sight, durableReplicas));
    return checks;
  }

  /**
   * Judges a database of Upstash, whose disks and replicas are Upstash's own and are not shown.
   *
   * @param sight what it shows
   * @return the checks
   */
  public static List<Check> ofUpstash(ServerSight sight) {
    return List.of(VersionCheck.of(sight), MemoryChecks.eviction(sight));
  }

  private static List<Check> ofMemory(ServerSight sight) {
    return List.of(
        VersionCheck.of(sight), MemoryChecks.eviction(sight), MemoryChecks.memory(sight));
  }

  /**
   * Makes one check of the same check of several servers: as bad as the worst of them.
   *
   * @param checks one of each server, by the server's name, all of one name
   * @return the check
   */
  public static Check together(Map<String, Check> checks) {
    List<Check> all = List.copyOf(checks.values());
    Check worst = all.get(0);
    for (Check check : all) {
      worst = check.verdict().compareTo(worst.verdict()) > 0 ? check : worst;
    }
    if (all.stream().map(Check::seen).distinct().count() == 1) {
      String seen =
          all.size() == 1 ? worst.seen() : "%s (%d nodes)".formatted(worst.seen(), all.size());
      return new Check(worst.name(), worst.verdict(), seen, worst.advice());
    }
    Verdict verdict = worst.verdict();
    List<String> seen = new ArrayList<>();
    checks.forEach((node, check) -> {
      if (check.verdict() == verdict) {
        seen.add(node + ": " + check.seen());
      }
    });
    return new Check(worst.name(), verdict, String.join("; ", seen), worst.advice());
  }
}
