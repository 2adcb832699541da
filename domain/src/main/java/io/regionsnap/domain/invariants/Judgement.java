package io.regionsnap.domain.invariants;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.Violation.Invariant;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the judges of a region's parts have in common: what can be seen of it, what the policy says
 * of it, and what was found. Not thread-safe.
 */
final class Judgement {
  private final KeyLayout layout;
  private final Policy policy;
  private final long toleranceMillis;
  private final RegionSight sight;
  private final Bodies bodies;
  private final List<Violation> violations = new ArrayList<>();

  Judgement(KeyLayout layout, Policy policy, Bodies bodies, Duration tolerance, RegionSight sight) {
    this.layout = layout;
    this.policy = policy;
    this.toleranceMillis = tolerance.toMillis();
    this.sight = sight;
    this.bodies = bodies;
  }

  KeyLayout layout() {
    return layout;
  }

  RegionSight sight() {
    return sight;
  }

  Bodies bodies() {
    return bodies;
  }

  /** Copied, in the order in which they were found. */
  List<Violation> violations() {
    return List.copyOf(violations);
  }

  Region region() {
    return sight.region();
  }

  Key indexKey() {
    return layout.index(region());
  }

  Key idViewKey(SnapshotId id) {
    return layout.idView(region(), id);
  }

  Key timestampViewKey(long generatedAtMillis) {
    return layout.timestampView(region(), generatedAtMillis);
  }

  Optional<IndexEntry> top() {
    return sight.indexHead().flatMap(IndexHead::top);
  }

  long trimmedBelow() {
    return top()
            .map(IndexEntry::score)
            .orElse(Long.MIN_VALUE + policy.retention().toMillis())
        - policy.retention().toMillis();
  }

  /** Its views have expired and the region has not been committed to since. */
  boolean hasLapsed(IndexEntry entry) {
    return policy.viewsExpireAtMillis(entry.score()) <= sight.observedAtMillis() + toleranceMillis;
  }

  boolean hasNoBody(String member) {
    return !SnapshotId.isId(member) || sight.idView(new SnapshotId(member)).isEmpty();
  }

  static Optional<Value> bytes(Optional<ObservedKey> seen) {
    return seen.flatMap(observed ->
        observed instanceof ObservedValue value ? Optional.of(value.value()) : Optional.empty());
  }

  static String shown(Value held) {
    String text = held.asUtf8();
    return SnapshotId.isId(text) ? text : held.size() + " bytes that are no id";
  }

  void expectExpiry(Key key, OptionalLong seen, long generatedAtMillis) {
    long expected = policy.viewsExpireAtMillis(generatedAtMillis);
    if (seen.isEmpty()) {
      violate(
          Invariant.BOUNDED,
          FindingCode.NO_EXPIRY,
          key,
          Instant.ofEpochMilli(expected).toString(),
          "never");
    } else if (Math.abs(seen.getAsLong() - expected) > toleranceMillis) {
      violate(
          Invariant.BOUNDED,
          FindingCode.EXPIRY_DRIFT,
          key,
          Instant.ofEpochMilli(expected).toString(),
          Instant.ofEpochMilli(seen.getAsLong()).toString());
    }
  }

  void wrongType(Invariant invariant, Key key, Kind expected, Kind seen) {
    violate(invariant, FindingCode.WRONG_TYPE, key, named(expected), named(seen));
  }

  private static String named(Kind kind) {
    return switch (kind) {
      case VALUE -> "a value";
      case INDEX -> "an index";
      case OTHER -> "something that is neither a value nor an index";
    };
  }

  void violate(Invariant invariant, FindingCode code, Key key, String expected, String seen) {
    violations.add(new Violation(invariant, Optional.of(code), key, expected, seen));
  }
}
