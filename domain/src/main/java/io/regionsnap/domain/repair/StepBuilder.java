package io.regionsnap.domain.repair;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.audit.Drift;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.audit.Look;
import io.regionsnap.domain.audit.Subject;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.invariants.IndexHead;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Collects what one step has seen and does. Used once, by one thread. */
final class StepBuilder {
  private final KeyLayout layout;
  private final Policy policy;
  private final Look look;
  private final Region region;
  private final Quarantine quarantine;
  private final Optional<IndexEntry> newTop;
  private final Key index;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Key, Seen> seen = new LinkedHashMap<>();
  private final List<IndexEntry> entries = new ArrayList<>();
  private final List<Change> asides = new ArrayList<>();
  private final List<Change> views = new ArrayList<>();
  private final List<Change> members = new ArrayList<>();
  private final List<Change> last = new ArrayList<>();

  /** @param newTop what will be the top of the index after the last step */
  StepBuilder(
      KeyLayout layout,
      Policy policy,
      Look look,
      Quarantine quarantine,
      Optional<IndexEntry> newTop) {
    this.layout = layout;
    this.policy = policy;
    this.look = look;
    this.region = look.region();
    this.quarantine = quarantine;
    this.newTop = newTop;
    this.index = layout.index(region);
  }

  /** The index, the pointer and the live key. */
  void head(List<Finding> found) {
    findings.addAll(found);
    look.indexHead()
        .map(IndexHead::kind)
        .filter(kind -> kind != Kind.INDEX)
        .ifPresent(kind -> aside(index, new Seen.OfKind(kind), kind));
    Key pointer = layout.pointer(region);
    if (!found.isEmpty()) {
      see(pointer, look.pointer());
    }
    look.pointer()
        .filter(held -> !holdsId(held))
        .ifPresent(held -> aside(pointer, seenOf(held), held.kind()));
    look.live()
        .filter(held -> held.kind() != Kind.VALUE)
        .ifPresent(held -> aside(layout.live(region), seenOf(held), held.kind()));
  }

  static boolean holdsId(ObservedKey held) {
    return held instanceof ObservedValue value && SnapshotId.isId(value.value().asUtf8());
  }

  private static Seen seenOf(ObservedKey held) {
    return held instanceof ObservedValue value
        ? Seen.Bytes.of(value.value())
        : new Seen.OfKind(held.kind());
  }

  private void see(Key key, Optional<ObservedKey> held) {
    seen.put(key, held.map(StepBuilder::seenOf).orElseGet(Seen.Nothing::new));
  }

  private void aside(Key key, Seen held, Kind kind) {
    seen.put(key, held);
    asides.add(
        new Change.Aside(key, kind, quarantine.next(region, key), quarantine.expiresAtMillis()));
  }

  /** Puts the bodies that were chosen where they belong, and everything else out of the way. */
  void mend(Cluster cluster, List<Body> placed) {
    findings.addAll(cluster.findings());
    Map<Key, Body> targets = new HashMap<>();
    Set<Seen> kept = new HashSet<>();
    for (Body body : placed) {
      targets.put(layout.idView(region, body.id()), body);
      targets.put(layout.timestampView(region, body.generatedAtMillis()), body);
      kept.add(body.bytes());
    }
    for (Fact fact : cluster.facts()) {
      seen.put(fact.key(), fact.seen());
      if (!fact.foreign()) {
        mend(fact, Optional.ofNullable(targets.get(fact.key())), kept);
      }
    }
    mendIndex(cluster, placed);
  }

  private void mend(Fact fact, Optional<Body> target, Set<Seen> kept) {
    boolean right = target.filter(body -> fact.seen().equals(body.bytes())).isPresent();
    if (!right && fact.seen() instanceof Seen.OfKind other) {
      aside(fact.key(), other, other.kind());
    } else if (!right && fact.seen() instanceof Seen.Bytes bytes) {
      if (kept.add(bytes)) {
        aside(fact.key(), bytes, Kind.VALUE);
      } else if (target.isEmpty()) {
        last.add(new Change.Drop(fact.key()));
      }
    }
    target.ifPresent(body -> {
      long expiry = policy.viewsExpireAtMillis(body.generatedAtMillis());
      if (!right || isOff(fact.expiresAtMillis(), expiry)) {
        views.add(new Change.Place(fact.key(), body.bytes(), expiry));
      }
    });
  }

  private static boolean isOff(OptionalLong expiry, long expected) {
    return expiry.isEmpty()
        || Math.abs(expiry.getAsLong() - expected) > AuditRegions.TOLERANCE.toMillis();
  }

  private void mendIndex(Cluster cluster, List<Body> placed) {
    Map<String, IndexEntry> wanted = new HashMap<>();
    placed.stream()
        .filter(body -> body.generatedAtMillis() >= prunedBelow())
        .map(body -> new IndexEntry(body.id().text(), body.generatedAtMillis()))
        .forEach(entry -> wanted.put(entry.member(), entry));
    entries.addAll(cluster.entries());
    for (IndexEntry entry : cluster.entries()) {
      boolean isPruned = entry.score() < prunedBelow();
      if (!wanted.containsKey(entry.member()) && !isPruned) {
        Key note = quarantine.next(region, index);
        members.add(new Change.Strike(index, entry, note, quarantine.expiresAtMillis()));
        seen.put(note, new Seen.Nothing());
      }
    }
    wanted.values().stream()
        .filter(entry -> !cluster.entries().contains(entry))
        .sorted()
        .forEach(this::add);
  }

  private void add(IndexEntry entry) {
    members.add(new Change.Index(index, entry));
    boolean isNewTop = newTop.filter(entry::equals).isPresent()
        && look.indexHead()
            .flatMap(IndexHead::top)
            .filter(top -> top.score() >= entry.score())
            .isEmpty();
    if (isNewTop && look.live().filter(held -> held.kind() == Kind.VALUE).isPresent()) {
      last.add(new Change.ClearLive(layout.live(region), index, entry.score()));
    }
  }

  private long prunedBelow() {
    return newTop.map(top -> top.score() - policy.retention().toMillis()).orElse(Long.MIN_VALUE);
  }

  /** Removes from the index what is beyond the retention. */
  void prune() {
    look.indexHead()
        .flatMap(IndexHead::lowest)
        .filter(lowest -> lowest.score() < prunedBelow())
        .ifPresent(
            lowest -> members.add(new Change.Prune(index, policy.retention().toMillis())));
  }

  /**
   * Deletes a claim to nothing; one to a snapshot that the repair makes whole is true afterwards.
   *
   * @param whole the snapshots that the repair makes whole
   */
  void claim(Drift drift, Set<SnapshotId> whole) {
    Key key = ((Subject.Claim) drift.subject()).key();
    findings.addAll(drift.findings());
    look.at(key).ifPresent(held -> {
      Seen holds = seenOf(held);
      seen.put(key, holds);
      if (!holdsId(held)) {
        aside(key, holds, held.kind());
        return;
      }
      SnapshotId id = new SnapshotId(((ObservedValue) held).value().asUtf8());
      boolean dangling =
          drift.findings().stream().anyMatch(found -> found.code() == FindingCode.CLAIM_DANGLING);
      if (dangling && !whole.contains(id)) {
        Key view = layout.idView(region, id);
        seen.putIfAbsent(view, look.at(view).map(StepBuilder::seenOf).orElse(new Seen.Nothing()));
        last.add(new Change.Drop(key));
      } else if (held.expiresAtMillis().isEmpty() && holds instanceof Seen.Bytes bytes) {
        long expiry = look.observedAtMillis() + policy.claimLifetime().toMillis();
        last.add(new Change.Place(key, bytes, expiry));
      }
    });
  }

  /** Points at the top of the index, or at the end at nothing if nothing is left. */
  void point(boolean isLast) {
    Key pointer = layout.pointer(region);
    if (newTop.isPresent()) {
      members.add(new Change.Point(pointer, index, policy.viewLifetimeMillis()));
    } else if (isLast && look.pointer().map(StepBuilder::holdsId).orElse(true)) {
      // One that holds no id was moved aside by the first step.
      see(pointer, look.pointer());
      look.pointer().ifPresent(held -> members.add(new Change.Drop(pointer)));
    }
  }

  Optional<RepairStep> build() {
    if (findings.isEmpty()) {
      return Optional.empty();
    }
    List<Change> changes = new ArrayList<>(asides);
    changes.addAll(views);
    changes.addAll(members);
    changes.addAll(last);
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(new RepairStep(Optional.of(region), findings, seen, index, entries, changes));
  }
}
