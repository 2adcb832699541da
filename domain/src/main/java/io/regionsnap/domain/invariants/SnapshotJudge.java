package io.regionsnap.domain.invariants;

import io.regionsnap.domain.Quoted;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.Violation.Invariant;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges what a region has of each snapshot: a member of the index, and its views. Not thread-safe.
 */
final class SnapshotJudge {
  private final Judgement judgement;

  SnapshotJudge(Judgement judgement) {
    this.judgement = judgement;
  }

  /** By its id, its views and the member before it. */
  void judgeMember(IndexEntry entry, Optional<IndexEntry> previous) {
    previous
        .filter(other -> other.score() == entry.score())
        .ifPresent(other -> judgement.violate(
            Invariant.ONE_PER_INSTANT,
            FindingCode.SCORE_MISMATCH,
            judgement.indexKey(),
            "one snapshot at " + entry.score(),
            "%s and %s".formatted(Quoted.of(other.member()), Quoted.of(entry.member()))));
    if (judgement.hasLapsed(entry)) {
      return;
    }
    if (!SnapshotId.isId(entry.member())) {
      judgement.violate(
          Invariant.WHOLE,
          FindingCode.INDEX_DANGLING,
          judgement.indexKey(),
          "ids of snapshots",
          "%s at %d".formatted(Quoted.of(entry.member()), entry.score()));
      return;
    }
    SnapshotId id = new SnapshotId(entry.member());
    Optional<ObservedKey> byId = judgement.sight().idView(id);
    Optional<ObservedKey> byTime = judgement.sight().timestampView(entry.score());
    if (byId.isEmpty()) {
      Key idKey = judgement.idViewKey(id);
      missing(FindingCode.INDEX_DANGLING, idKey, "the index names it at " + entry.score());
    }
    if (byTime.isEmpty()) {
      Key timeKey = judgement.timestampViewKey(entry.score());
      missing(FindingCode.TS_VIEW_MISSING, timeKey, "the index names " + id + " at its time");
    }
    Optional<Value> idBytes = Judgement.bytes(byId);
    Optional<Value> timeBytes = Judgement.bytes(byTime);
    if (idBytes.isPresent() && timeBytes.isPresent() && !idBytes.equals(timeBytes)) {
      judgement.violate(
          Invariant.WHOLE,
          FindingCode.VIEWS_DIFFER,
          judgement.idViewKey(id),
          "the bytes of the timestamp view",
          "other bytes");
    }
  }

  private void missing(FindingCode code, Key key, String reason) {
    judgement.violate(Invariant.WHOLE, code, key, "a body: " + reason, "nothing");
  }

  void judgeIdView(SnapshotId id) {
    judgement.sight().idView(id).ifPresent(seen -> {
      Key key = judgement.idViewKey(id);
      body(key, seen).ifPresent(snapshot -> {
        if (!snapshot.id().equals(id) || !snapshot.region().equals(judgement.region())) {
          names(key, "snapshot %s of %s".formatted(id, judgement.region()), snapshot);
        }
        judgement.expectExpiry(key, seen.expiresAtMillis(), snapshot.generatedAtMillis());
        judgeMembership(key, id.text(), snapshot.generatedAtMillis(), FindingCode.INDEX_MISSING);
      });
    });
  }

  void judgeTimestampView(long generatedAtMillis) {
    judgement.sight().timestampView(generatedAtMillis).ifPresent(seen -> {
      Key key = judgement.timestampViewKey(generatedAtMillis);
      body(key, seen).ifPresent(snapshot -> {
        if (snapshot.generatedAtMillis() != generatedAtMillis
            || !snapshot.region().equals(judgement.region())) {
          names(
              key,
              "a snapshot of %s at %d".formatted(judgement.region(), generatedAtMillis),
              snapshot);
        }
        judgement.expectExpiry(key, seen.expiresAtMillis(), generatedAtMillis);
        judgeMembership(key, snapshot.id().text(), generatedAtMillis, FindingCode.TS_VIEW_ORPHAN);
      });
    });
  }

  private void names(Key key, String expected, Snapshot snapshot) {
    judgement.violate(
        Invariant.WHOLE,
        FindingCode.VIEWS_DIFFER,
        key,
        expected,
        "a body that names %s of %s at %d"
            .formatted(snapshot.id(), snapshot.region(), snapshot.generatedAtMillis()));
  }

  private Optional<Snapshot> body(Key key, ObservedKey seen) {
    if (!(seen instanceof ObservedValue value)) {
      judgement.wrongType(Invariant.WHOLE, key, Kind.VALUE, seen.kind());
      return Optional.empty();
    }
    return judgement.bodies().parse(value.value()).match(Optional::of, refusal -> {
      judgement.violate(
          Invariant.WHOLE,
          FindingCode.PAYLOAD_UNREADABLE,
          key,
          "the JSON of a snapshot",
          "%d bytes: %s".formatted(value.value().size(), refusal.message()));
      return Optional.empty();
    });
  }

  private void judgeMembership(Key key, String member, long generatedAtMillis, FindingCode code) {
    boolean onItsWayOut =
        judgement.top().isPresent() && generatedAtMillis < judgement.trimmedBelow();
    if (onItsWayOut) {
      return;
    }
    OptionalLong score = judgement.sight().score(member);
    boolean atAnotherTime = score.isPresent() && score.getAsLong() != generatedAtMillis;
    if (score.isEmpty() || atAnotherTime) {
      judgement.violate(
          Invariant.NO_ORPHANS,
          atAnotherTime && code == FindingCode.INDEX_MISSING ? FindingCode.SCORE_MISMATCH : code,
          key,
          "%s in the index at %d".formatted(member, generatedAtMillis),
          atAnotherTime ? "it is there at " + score.getAsLong() : "it is not there");
    }
  }
}
