package io.regionsnap.domain.invariants;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.Violation.Invariant;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges one state of a region. Used once. */
final class StateJudge {
  private final KeyLayout layout;
  private final Policy policy;
  private final SnapshotParser parser;
  private final RegionState state;
  private final Region region;
  private final Key indexKey;
  private final NavigableSet<IndexEntry> entries;
  private final List<Violation> violations = new ArrayList<>();

  StateJudge(KeyLayout layout, Policy policy, SnapshotParser parser, RegionState state) {
    this.layout = layout;
    this.policy = policy;
    this.parser = parser;
    this.state = state;
    this.region = state.region();
    this.indexKey = layout.index(region);
    this.entries = state.entries();
  }

  List<Violation> violations() {
    judgeIndex();
    entries.forEach(this::judgeMember);
    state.idViews().forEach(this::judgeIdView);
    state.timestampViews().forEach(this::judgeTimestampView);
    judgePointer();
    state.claims().forEach(this::judgeClaim);
    return List.copyOf(violations);
  }

  private void judgeIndex() {
    state.index().ifPresent(seen -> {
      if (!(seen instanceof ObservedIndex)) {
        violate(Invariant.WHOLE, indexKey, "holds " + seen.kind() + " instead of an index");
        return;
      }
      expectExpiry(indexKey, seen.expiresAtMillis(), expiryOfTop());
      IndexEntry lowest = entries.first();
      if (lowest.score() < trimmedBelow()) {
        violate(Invariant.BOUNDED, indexKey, "reaches back beyond the retention, to " + lowest);
      }
    });
    IndexEntry previous = null;
    for (IndexEntry entry : entries) {
      if (previous != null && previous.score() == entry.score()) {
        violate(Invariant.ONE_PER_INSTANT, indexKey, previous + " and " + entry);
      }
      previous = entry;
    }
  }

  private OptionalLong expiryOfTop() {
    return OptionalLong.of(policy.viewsExpireAtMillis(entries.last().score()));
  }

  private long trimmedBelow() {
    return entries.last().score() - policy.retention().toMillis();
  }

  private void judgeMember(IndexEntry entry) {
    if (hasLapsed(entry)) {
      return;
    }
    if (!SnapshotId.isId(entry.member())) {
      violate(Invariant.WHOLE, indexKey, "names what is no id: " + entry);
      return;
    }
    SnapshotId id = new SnapshotId(entry.member());
    Optional<Value> byId =
        view(layout.idView(region, id), Optional.ofNullable(state.idViews().get(id)));
    Optional<Value> byTimestamp = view(
        layout.timestampView(region, entry.score()),
        Optional.ofNullable(state.timestampViews().get(entry.score())));
    if (byId.isPresent() && byTimestamp.isPresent() && !byId.get().equals(byTimestamp.get())) {
      violate(Invariant.WHOLE, layout.idView(region, id), "differs from the timestamp view");
    }
  }

  /** Its views have expired and the region has not been committed to since. */
  private boolean hasLapsed(IndexEntry entry) {
    return policy.viewsExpireAtMillis(entry.score()) <= state.observedAtMillis();
  }

  private Optional<Value> view(Key key, Optional<ObservedKey> seen) {
    if (seen.isEmpty()) {
      violate(Invariant.WHOLE, key, "is missing, and the index names its snapshot");
    }
    return seen.flatMap(observed ->
        observed instanceof ObservedValue value ? Optional.of(value.value()) : Optional.empty());
  }

  private void judgeIdView(SnapshotId id, ObservedKey seen) {
    Key key = layout.idView(region, id);
    body(key, seen).ifPresent(snapshot -> {
      if (!snapshot.id().equals(id) || !snapshot.region().equals(region)) {
        violate(Invariant.WHOLE, key, "holds snapshot " + snapshot.id());
      }
      judgeView(key, seen, id.text(), snapshot.generatedAtMillis());
    });
  }

  private void judgeTimestampView(long generatedAtMillis, ObservedKey seen) {
    Key key = layout.timestampView(region, generatedAtMillis);
    body(key, seen).ifPresent(snapshot -> {
      if (snapshot.generatedAtMillis() != generatedAtMillis
          || !snapshot.region().equals(region)) {
        violate(Invariant.WHOLE, key, "holds the snapshot of another region or time");
      }
      judgeView(key, seen, snapshot.id().text(), generatedAtMillis);
    });
  }

  private Optional<Snapshot> body(Key key, ObservedKey seen) {
    if (!(seen instanceof ObservedValue value)) {
      violate(Invariant.WHOLE, key, "holds " + seen.kind() + " instead of a value");
      return Optional.empty();
    }
    return parser.parse(value.value()).match(Optional::of, refusal -> {
      violate(Invariant.WHOLE, key, "holds no snapshot: " + refusal.message());
      return Optional.empty();
    });
  }

  private void judgeView(Key key, ObservedKey seen, String member, long generatedAtMillis) {
    expectExpiry(
        key,
        seen.expiresAtMillis(),
        OptionalLong.of(policy.viewsExpireAtMillis(generatedAtMillis)));
    boolean onItsWayOut = !entries.isEmpty() && generatedAtMillis < trimmedBelow();
    if (!onItsWayOut && !entries.contains(new IndexEntry(member, generatedAtMillis))) {
      violate(Invariant.NO_ORPHANS, key, "is not in the index as " + member);
    }
  }

  private void judgePointer() {
    Key key = layout.pointer(region);
    Optional<Value> target = Optional.empty();
    if (state.pointer().isPresent()) {
      ObservedKey seen = state.pointer().get();
      if (seen instanceof ObservedValue value) {
        target = Optional.of(value.value());
      } else {
        violate(Invariant.POINTER_IS_TOP, key, "holds " + seen.kind() + " instead of a value");
      }
      if (!entries.isEmpty()) {
        expectExpiry(key, seen.expiresAtMillis(), expiryOfTop());
      }
    }
    Optional<Value> top = state.top().map(entry -> Value.utf8(entry.member()));
    if (!target.equals(top)) {
      violate(
          Invariant.POINTER_IS_TOP,
          key,
          "names %s, and the top of the index is %s"
              .formatted(target.map(Value::asUtf8), top.map(Value::asUtf8)));
    }
  }

  private void judgeClaim(Key key, ObservedKey seen) {
    if (seen.expiresAtMillis().isEmpty()) {
      violate(Invariant.BOUNDED, key, "never expires");
    }
    if (seen.kind() != Kind.VALUE || !isPersisted(((ObservedValue) seen).value().asUtf8())) {
      violate(Invariant.CLAIM_IS_TRUE, key, "names what is not wholly persisted: " + seen);
    }
  }

  private boolean isPersisted(String id) {
    if (!SnapshotId.isId(id)
        || !(state.idViews().get(new SnapshotId(id)) instanceof ObservedValue byId)) {
      return false;
    }
    return parser
        .parse(byId.value())
        .match(
            snapshot -> state.timestampViews().get(snapshot.generatedAtMillis())
                    instanceof ObservedValue byTimestamp
                && byTimestamp.value().equals(byId.value())
                && !entries.isEmpty()
                && (snapshot.generatedAtMillis() < trimmedBelow()
                    || entries.contains(new IndexEntry(id, snapshot.generatedAtMillis()))),
            refusal -> false);
  }

  private void expectExpiry(Key key, OptionalLong seen, OptionalLong expected) {
    if (!seen.equals(expected)) {
      violate(Invariant.BOUNDED, key, "expires at %s instead of %s".formatted(seen, expected));
    }
  }

  private void violate(Invariant invariant, Key key, String problem) {
    violations.add(new Violation(invariant, key, problem));
  }
}
