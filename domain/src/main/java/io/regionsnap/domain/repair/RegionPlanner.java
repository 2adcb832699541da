package io.regionsnap.domain.repair;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.audit.Drift;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.audit.Look;
import io.regionsnap.domain.audit.Subject;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.invariants.IndexHead;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans the repair of one region from what an audit found in it. Used once, by one thread.
 *
 * <p>What fits in {@link #MOST_BYTES} and in a number of clusters is one step. More takes several:
 * the newest snapshots first, so that the pointer is right from the first step on; the index is
 * pruned last, when its top is sure to be right.
 */
final class RegionPlanner {
  static final long MOST_BYTES = 1 << 20;

  private final KeyLayout layout;
  private final Policy policy;
  private final SnapshotParser parser;
  private final Look look;
  private final Region region;
  private final Quarantine quarantine;
  private final Placement placement;
  private final int mostClusters;

  /** @param mostClusters how many clusters one step mends at most, but for the first */
  RegionPlanner(
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      Look look,
      Quarantine quarantine,
      int mostClusters) {
    this.layout = layout;
    this.policy = policy;
    this.parser = parser;
    this.look = look;
    this.region = look.region();
    this.quarantine = quarantine;
    this.placement = new Placement(layout, policy, region, look.observedAtMillis());
    this.mostClusters = mostClusters;
  }

  List<RepairStep> plan(List<Drift> drifts) {
    List<Drift> parts = new ArrayList<>();
    List<Drift> claims = new ArrayList<>();
    List<Finding> head = new ArrayList<>();
    for (Drift drift : drifts) {
      if (drift.subject() instanceof Subject.Head) {
        head.addAll(drift.findings());
        parts.addAll(topFromTheFuture(drift));
      } else if (drift.subject() instanceof Subject.Claim) {
        claims.add(drift);
      } else {
        parts.add(drift);
      }
    }
    List<Cluster> clusters = new ArrayList<>(new Gathering(layout, parser, look).clusters(parts));
    clusters.sort(Comparator.comparingLong(Cluster::latestMillis).reversed());
    return steps(clusters, claims, head);
  }

  /** A snapshot that is dated ahead would push the others out of the index. */
  private List<Drift> topFromTheFuture(Drift head) {
    boolean unpruned =
        head.findings().stream().anyMatch(finding -> finding.code() == FindingCode.UNPRUNED);
    return top()
        .filter(top -> unpruned && placement.isFuture(top.score()))
        .map(top -> List.of(new Drift(head.region(), new Subject.Member(top), List.of())))
        .orElse(List.of());
  }

  private Optional<IndexEntry> top() {
    return look.indexHead().flatMap(IndexHead::top);
  }

  /** A cluster, and the bodies that get the keys that they name. */
  private record Placed(Cluster cluster, List<Body> bodies) {}

  private List<RepairStep> steps(List<Cluster> clusters, List<Drift> claims, List<Finding> head) {
    List<Placed> all = clusters.stream()
        .map(cluster -> new Placed(cluster, placement.place(cluster)))
        .toList();
    Set<SnapshotId> whole = new HashSet<>();
    all.forEach(placed -> placed.bodies().forEach(body -> whole.add(body.id())));
    Optional<IndexEntry> newTop = newTop(all);
    List<List<Placed>> groups = groups(all, newTop);
    List<RepairStep> steps = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      boolean isLast = i == groups.size() - 1;
      StepBuilder step = new StepBuilder(layout, policy, look, quarantine, newTop);
      if (i == 0) {
        step.head(head);
      }
      groups.get(i).forEach(placed -> step.mend(placed.cluster(), placed.bodies()));
      if (isLast) {
        step.prune();
      }
      int number = i;
      claims.stream()
          .filter(claim -> stepOf(claim, groups) == number)
          .forEach(claim -> step.claim(claim, whole));
      step.point(isLast);
      step.build().ifPresent(steps::add);
    }
    return steps;
  }

  /**
   * That which changes the view that a claim names, if any does: a later one would find it gone.
   */
  private int stepOf(Drift claim, List<List<Placed>> groups) {
    Optional<Key> view = look.at(((Subject.Claim) claim.subject()).key())
        .filter(StepBuilder::holdsId)
        .map(held -> new SnapshotId(((ObservedValue) held).value().asUtf8()))
        .map(id -> layout.idView(region, id));
    for (int i = 0; i < groups.size() && view.isPresent(); i++) {
      boolean changes = groups.get(i).stream()
          .flatMap(placed -> placed.cluster().facts().stream())
          .anyMatch(fact -> fact.key().equals(view.get()));
      if (changes) {
        return i;
      }
    }
    return groups.size() - 1;
  }

  private Optional<IndexEntry> newTop(List<Placed> all) {
    List<IndexEntry> candidates = new ArrayList<>();
    if (look.indexHead().filter(index -> index.kind() == Kind.INDEX).isPresent()) {
      Set<String> gathered = new HashSet<>();
      all.forEach(
          placed -> placed.cluster().entries().forEach(entry -> gathered.add(entry.member())));
      look.topWithout(gathered).ifPresent(candidates::add);
    }
    all.forEach(placed -> placed
        .bodies()
        .forEach(
            body -> candidates.add(new IndexEntry(body.id().text(), body.generatedAtMillis()))));
    return candidates.stream().max(Comparator.naturalOrder());
  }

  /**
   * One group for each step. Whatever is, or claims to be, as new as the new top is in the first,
   * however much that is: so the pointer leads to the new top from the first step on, and never to
   * what a later one mends.
   */
  private List<List<Placed>> groups(List<Placed> all, Optional<IndexEntry> newTop) {
    List<List<Placed>> groups = new ArrayList<>();
    List<Placed> group = new ArrayList<>();
    groups.add(group);
    long bytes = 0;
    for (Placed placed : all) {
      long more = placed.cluster().bytes();
      boolean isFull = bytes + more > MOST_BYTES || group.size() >= mostClusters;
      boolean isOlder =
          newTop.filter(top -> placed.cluster().latestMillis() >= top.score()).isEmpty();
      if (!group.isEmpty() && isFull && isOlder) {
        group = new ArrayList<>();
        groups.add(group);
        bytes = 0;
      }
      group.add(placed);
      bytes += more;
    }
    return groups;
  }
}
