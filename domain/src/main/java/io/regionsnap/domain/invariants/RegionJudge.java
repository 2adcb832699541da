package io.regionsnap.domain.invariants;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Quoted;
import io.regionsnap.domain.Snapshot;
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
 * Judges a region one thing at a time: the index, the pointer, a member with its views, a view, a
 * claim. Whoever sees the whole region judges everything in it; whoever pages through it judges a
 * page. Keeps what it found. Not thread-safe.
 */
public final class RegionJudge {
  private final KeyLayout layout;
  private final Policy policy;
  private final long toleranceMillis;
  private final RegionSight sight;
  private final Optional<IndexHead> head;
  private final Key indexKey;
  private final Bodies bodies;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * A judge of what can be seen.
   *
   * @param layout how keys are named
   * @param policy how long things are kept
   * @param bodies parses bodies
   * @param tolerance by how much an expiry may be off and clocks may disagree; zero if what is seen
   *     is exact
   * @param sight what can be seen; asked for nothing that is not being judged
   */
  public RegionJudge(
      KeyLayout layout, Policy policy, Bodies bodies, Duration tolerance, RegionSight sight) {
    this.layout = layout;
    this.policy = policy;
    this.toleranceMillis = tolerance.toMillis();
    this.sight = sight;
    this.head = sight.indexHead();
    this.indexKey = layout.index(sight.region());
    this.bodies = bodies;
  }

  /**
   * Everything that was found so far.
   *
   * @return the violations, in the order in which they were found
   */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** Judges the index by its kind, its expiry and how far it reaches back. */
  public void judgeIndex() {
    head.ifPresent(index -> {
      if (index.kind() != Kind.INDEX) {
        wrongType(Invariant.WHOLE, indexKey, Kind.INDEX, index.kind());
      }
      index.top().ifPresent(top -> expectExpiry(indexKey, index.expiresAtMillis(), top.score()));
      index
          .lowest()
          .filter(lowest -> lowest.score() < trimmedBelow())
          .ifPresent(lowest -> violate(
              Invariant.BOUNDED,
              FindingCode.UNPRUNED,
              indexKey,
              "nothing before " + Instant.ofEpochMilli(trimmedBelow()),
              "%s at %s"
                  .formatted(Quoted.of(lowest.member()), Instant.ofEpochMilli(lowest.score()))));
    });
  }

  private Optional<IndexEntry> top() {
    return head.flatMap(IndexHead::top);
  }

  private long trimmedBelow() {
    return top()
            .map(IndexEntry::score)
            .orElse(Long.MIN_VALUE + policy.retention().toMillis())
        - policy.retention().toMillis();
  }

  /**
   * Judges a member of the index by its id, its views and the member before it.
   *
   * @param entry the member
   * @param previous the next lower entry; empty if there is none
   */
  public void judgeMember(IndexEntry entry, Optional<IndexEntry> previous) {
    previous
        .filter(other -> other.score() == entry.score())
        .ifPresent(other -> violate(
            Invariant.ONE_PER_INSTANT,
            FindingCode.SCORE_MISMATCH,
            indexKey,
            "one snapshot at " + entry.score(),
            "%s and %s".formatted(Quoted.of(other.member()), Quoted.of(entry.member()))));
    if (hasLapsed(entry)) {
      return;
    }
    if (!SnapshotId.isId(entry.member())) {
      violate(
          Invariant.WHOLE,
          FindingCode.INDEX_DANGLING,
          indexKey,
          "ids of snapshots",
          "%s at %d".formatted(Quoted.of(entry.member()), entry.score()));
      return;
    }
    SnapshotId id = new SnapshotId(entry.member());
    Optional<ObservedKey> byId = sight.idView(id);
    Optional<ObservedKey> byTime = sight.timestampView(entry.score());
    if (byId.isEmpty()) {
      Key idKey = layout.idView(sight.region(), id);
      missing(FindingCode.INDEX_DANGLING, idKey, "the index names it at " + entry.score());
    }
    if (byTime.isEmpty()) {
      Key timeKey = layout.timestampView(sight.region(), entry.score());
      missing(FindingCode.TS_VIEW_MISSING, timeKey, "the index names " + id + " at its time");
    }
    Optional<Value> idBytes = bytes(byId);
    Optional<Value> timeBytes = bytes(byTime);
    if (idBytes.isPresent() && timeBytes.isPresent() && !idBytes.equals(timeBytes)) {
      violate(
          Invariant.WHOLE,
          FindingCode.VIEWS_DIFFER,
          layout.idView(sight.region(), id),
          "the bytes of the timestamp view",
          "other bytes");
    }
  }

  private void missing(FindingCode code, Key key, String reason) {
    violate(Invariant.WHOLE, code, key, "a body: " + reason, "nothing");
  }

  private static Optional<Value> bytes(Optional<ObservedKey> seen) {
    return seen.flatMap(observed ->
        observed instanceof ObservedValue value ? Optional.of(value.value()) : Optional.empty());
  }

  /** Its views have expired and the region has not been committed to since. */
  private boolean hasLapsed(IndexEntry entry) {
    return policy.viewsExpireAtMillis(entry.score()) <= sight.observedAtMillis() + toleranceMillis;
  }

  /**
   * Judges an id view.
   *
   * @param id the id in its key
   */
  public void judgeIdView(SnapshotId id) {
    sight.idView(id).ifPresent(seen -> {
      Key key = layout.idView(sight.region(), id);
      body(key, seen).ifPresent(snapshot -> {
        if (!snapshot.id().equals(id) || !snapshot.region().equals(sight.region())) {
          names(key, "snapshot %s of %s".formatted(id, sight.region()), snapshot);
        }
        expectExpiry(key, seen.expiresAtMillis(), snapshot.generatedAtMillis());
        judgeMembership(key, id.text(), snapshot.generatedAtMillis(), FindingCode.INDEX_MISSING);
      });
    });
  }

  /**
   * Judges a timestamp view.
   *
   * @param generatedAtMillis the time in its key; epoch milliseconds
   */
  public void judgeTimestampView(long generatedAtMillis) {
    sight.timestampView(generatedAtMillis).ifPresent(seen -> {
      Key key = layout.timestampView(sight.region(), generatedAtMillis);
      body(key, seen).ifPresent(snapshot -> {
        if (snapshot.generatedAtMillis() != generatedAtMillis
            || !snapshot.region().equals(sight.region())) {
          names(
              key, "a snapshot of %s at %d".formatted(sight.region(), generatedAtMillis), snapshot);
        }
        expectExpiry(key, seen.expiresAtMillis(), generatedAtMillis);
        judgeMembership(key, snapshot.id().text(), generatedAtMillis, FindingCode.TS_VIEW_ORPHAN);
      });
    });
  }

  private void names(Key key, String expected, Snapshot snapshot) {
    violate(
        Invariant.WHOLE,
        FindingCode.VIEWS_DIFFER,
        key,
        expected,
        "a body that names %s of %s at %d"
            .formatted(snapshot.id(), snapshot.region(), snapshot.generatedAtMillis()));
  }

  private Optional<Snapshot> body(Key key, ObservedKey seen) {
    if (!(seen instanceof ObservedValue value)) {
      wrongType(Invariant.WHOLE, key, Kind.VALUE, seen.kind());
      return Optional.empty();
    }
    return bodies.parse(value.value()).match(Optional::of, refusal -> {
      violate(
          Invariant.WHOLE,
          FindingCode.PAYLOAD_UNREADABLE,
          key,
          "the JSON of a snapshot",
          "%d bytes: %s".formatted(value.value().size(), refusal.message()));
      return Optional.empty();
    });
  }

  private void judgeMembership(Key key, String member, long generatedAtMillis, FindingCode code) {
    boolean onItsWayOut = top().isPresent() && generatedAtMillis < trimmedBelow();
    if (onItsWayOut) {
      return;
    }
    OptionalLong score = sight.score(member);
    boolean atAnotherTime = score.isPresent() && score.getAsLong() != generatedAtMillis;
    if (score.isEmpty() || atAnotherTime) {
      violate(
          Invariant.NO_ORPHANS,
          atAnotherTime && code == FindingCode.INDEX_MISSING ? FindingCode.SCORE_MISMATCH : code,
          key,
          "%s in the index at %d".formatted(member, generatedAtMillis),
          atAnotherTime ? "it is there at " + score.getAsLong() : "it is not there");
    }
  }

  /** Judges the pointer. Looks at the id view and the score of what it names. */
  public void judgePointer() {
    Key key = layout.pointer(sight.region());
    Optional<IndexEntry> top = top();
    Optional<ObservedKey> seen = sight.pointer();
    if (seen.isPresent() && !(seen.get() instanceof ObservedValue)) {
      wrongType(Invariant.POINTER_IS_TOP, key, Kind.VALUE, seen.get().kind());
      return;
    }
    top.ifPresent(entry ->
        seen.ifPresent(observed -> expectExpiry(key, observed.expiresAtMillis(), entry.score())));
    Optional<Value> target = bytes(seen);
    if (!target.equals(top.map(entry -> Value.utf8(entry.member())))) {
      violate(
          Invariant.POINTER_IS_TOP,
          target.map(this::strayPointer).orElse(FindingCode.POINTER_MISSING),
          key,
          top.map(entry -> "%s, the newest of the index".formatted(Quoted.of(entry.member())))
              .orElse("no pointer, as there is no index"),
          target.map(RegionJudge::shown).orElse("nothing"));
    } else {
      top.filter(entry -> !hasLapsed(entry) && hasNoBody(entry.member()))
          .ifPresent(entry -> violate(
              Invariant.WHOLE,
              FindingCode.POINTER_DANGLING,
              key,
              "the id of a snapshot that can be read",
              Quoted.of(entry.member())));
    }
  }

  private boolean hasNoBody(String member) {
    return !SnapshotId.isId(member) || sight.idView(new SnapshotId(member)).isEmpty();
  }

  private FindingCode strayPointer(Value target) {
    String id = target.asUtf8();
    if (hasNoBody(id)) {
      return FindingCode.POINTER_DANGLING;
    }
    return sight.score(id).isPresent() ? FindingCode.POINTER_STALE : FindingCode.POINTER_ORPHAN;
  }

  private static String shown(Value held) {
    String text = held.asUtf8();
    return SnapshotId.isId(text) ? text : held.size() + " bytes that are no id";
  }

  /** Judges the live key by its kind; what it holds and for how long is not regionsnap's. */
  public void judgeLive() {
    sight
        .live()
        .filter(seen -> seen.kind() != Kind.VALUE)
        .ifPresent(seen ->
            wrongType(Invariant.WHOLE, layout.live(sight.region()), Kind.VALUE, seen.kind()));
  }

  /**
   * Judges a claim. Looks at the views and the score of what it names.
   *
   * @param key its key
   * @param seen what it holds
   */
  public void judgeClaim(Key key, ObservedKey seen) {
    if (seen.expiresAtMillis().isEmpty()) {
      violate(Invariant.BOUNDED, FindingCode.NO_EXPIRY, key, "an expiry", "none");
    }
    if (!(seen instanceof ObservedValue value)) {
      wrongType(Invariant.CLAIM_IS_TRUE, key, Kind.VALUE, seen.kind());
    } else if (!isPersisted(value.value().asUtf8())) {
      violate(
          Invariant.CLAIM_IS_TRUE,
          FindingCode.CLAIM_DANGLING,
          key,
          "the id of a snapshot that is wholly persisted",
          shown(value.value()));
    }
  }

  private boolean isPersisted(String id) {
    Optional<Value> byId =
        SnapshotId.isId(id) ? bytes(sight.idView(new SnapshotId(id))) : Optional.empty();
    return byId.isPresent()
        && bodies
            .parse(byId.get())
            .match(
                snapshot -> isWhole(id, byId.get(), snapshot.generatedAtMillis()),
                refusal -> false);
  }

  private boolean isWhole(String id, Value byId, long generatedAtMillis) {
    return bytes(sight.timestampView(generatedAtMillis)).filter(byId::equals).isPresent()
        && top().isPresent()
        && (generatedAtMillis < trimmedBelow()
            || sight.score(id).equals(OptionalLong.of(generatedAtMillis)));
  }

  private void expectExpiry(Key key, OptionalLong seen, long generatedAtMillis) {
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

  private void wrongType(Invariant invariant, Key key, Kind expected, Kind seen) {
    violate(invariant, FindingCode.WRONG_TYPE, key, named(expected), named(seen));
  }

  private static String named(Kind kind) {
    return switch (kind) {
      case VALUE -> "a value";
      case INDEX -> "an index";
      case OTHER -> "something that is neither a value nor an index";
    };
  }

  private void violate(
      Invariant invariant, FindingCode code, Key key, String expected, String seen) {
    violations.add(new Violation(invariant, Optional.of(code), key, expected, seen));
  }
}
