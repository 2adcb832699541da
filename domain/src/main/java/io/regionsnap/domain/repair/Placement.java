package io.regionsnap.domain.repair;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says which bodies of a cluster get the keys that they name. No two may have one id or one time;
 * of those that contradict each other the one stays that both of its views hold, then the one that
 * its id view holds, then the one that its timestamp view holds, then the one that the index names,
 * then the newer.
 */
final class Placement {
  private final KeyLayout layout;
  private final Policy policy;
  private final Region region;
  private final long nowMillis;

  Placement(KeyLayout layout, Policy policy, Region region, long nowMillis) {
    this.layout = layout;
    this.policy = policy;
    this.region = region;
    this.nowMillis = nowMillis;
  }

  List<Body> place(Cluster cluster) {
    Map<Key, Fact> facts = new HashMap<>();
    cluster.facts().forEach(fact -> facts.put(fact.key(), fact));
    Set<SnapshotId> ids = new HashSet<>();
    Set<Long> times = new HashSet<>();
    return facts.values().stream()
        .flatMap(fact -> fact.body().stream())
        .distinct()
        .filter(body -> isPlaceable(body, facts))
        .sorted(Comparator.comparingInt((Body body) -> -claim(body, facts, cluster.entries()))
            .thenComparing(body -> -body.generatedAtMillis())
            .thenComparing(body -> body.id().text())
            .thenComparing(body -> body.bytes().sha256()))
        .filter(body -> isFree(body, ids, times))
        .toList();
  }

  private static boolean isFree(Body body, Set<SnapshotId> ids, Set<Long> times) {
    if (ids.contains(body.id()) || times.contains(body.generatedAtMillis())) {
      return false;
    }
    ids.add(body.id());
    times.add(body.generatedAtMillis());
    return true;
  }

  /** Of this region, neither beyond its life nor from the future, and its id not another's. */
  private boolean isPlaceable(Body body, Map<Key, Fact> facts) {
    Fact atId = facts.get(layout.idView(region, body.id()));
    return body.region().equals(region)
        && !isFuture(body.generatedAtMillis())
        && policy.viewsExpireAtMillis(body.generatedAtMillis())
            > nowMillis + AuditRegions.TOLERANCE.toMillis()
        && (atId == null || !atId.foreign());
  }

  boolean isFuture(long generatedAtMillis) {
    return generatedAtMillis > nowMillis + policy.aheadTolerance().toMillis();
  }

  private int claim(Body body, Map<Key, Fact> facts, List<IndexEntry> entries) {
    boolean byId = holds(facts.get(layout.idView(region, body.id())), body);
    boolean byTime = holds(facts.get(layout.timestampView(region, body.generatedAtMillis())), body);
    boolean indexed = entries.contains(new IndexEntry(body.id().text(), body.generatedAtMillis()));
    return (byId && byTime ? 8 : 0) + (byId ? 4 : 0) + (byTime ? 2 : 0) + (indexed ? 1 : 0);
  }

  private static boolean holds(@org.jspecify.annotations.Nullable Fact fact, Body body) {
    return fact != null && fact.seen().equals(body.bytes());
  }
}
