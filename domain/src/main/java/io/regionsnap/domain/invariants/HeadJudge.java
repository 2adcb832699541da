package io.regionsnap.domain.invariants;

import io.regionsnap.domain.Quoted;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.Violation.Invariant;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges what a region has once: the index as a whole, the pointer and the live key. Not
 * thread-safe.
 */
final class HeadJudge {
  private final Judgement judgement;

  HeadJudge(Judgement judgement) {
    this.judgement = judgement;
  }

  /** By its kind, its expiry and how far it reaches back. */
  void judgeIndex() {
    judgement.sight().indexHead().ifPresent(index -> {
      if (index.kind() != Kind.INDEX) {
        judgement.wrongType(Invariant.WHOLE, judgement.indexKey(), Kind.INDEX, index.kind());
      }
      index
          .top()
          .ifPresent(top ->
              judgement.expectExpiry(judgement.indexKey(), index.expiresAtMillis(), top.score()));
      index
          .lowest()
          .filter(lowest -> lowest.score() < judgement.trimmedBelow())
          .ifPresent(lowest -> judgement.violate(
              Invariant.BOUNDED,
              FindingCode.UNPRUNED,
              judgement.indexKey(),
              "nothing before " + Instant.ofEpochMilli(judgement.trimmedBelow()),
              "%s at %s"
                  .formatted(Quoted.of(lowest.member()), Instant.ofEpochMilli(lowest.score()))));
    });
  }

  /** Looks at the id view and the score of what it names. */
  void judgePointer() {
    Key key = judgement.layout().pointer(judgement.region());
    Optional<IndexEntry> top = judgement.top();
    Optional<ObservedKey> seen = judgement.sight().pointer();
    if (seen.isPresent() && !(seen.get() instanceof ObservedValue)) {
      judgement.wrongType(Invariant.POINTER_IS_TOP, key, Kind.VALUE, seen.get().kind());
      return;
    }
    top.ifPresent(entry -> seen.ifPresent(
        observed -> judgement.expectExpiry(key, observed.expiresAtMillis(), entry.score())));
    Optional<Value> target = Judgement.bytes(seen);
    if (!target.equals(top.map(entry -> Value.utf8(entry.member())))) {
      judgement.violate(
          Invariant.POINTER_IS_TOP,
          target.map(this::strayPointer).orElse(FindingCode.POINTER_MISSING),
          key,
          top.map(entry -> "%s, the newest of the index".formatted(Quoted.of(entry.member())))
              .orElse("no pointer, as there is no index"),
          target.map(Judgement::shown).orElse("nothing"));
    } else {
      top.filter(entry -> !judgement.hasLapsed(entry) && judgement.hasNoBody(entry.member()))
          .ifPresent(entry -> judgement.violate(
              Invariant.WHOLE,
              FindingCode.POINTER_DANGLING,
              key,
              "the id of a snapshot that can be read",
              Quoted.of(entry.member())));
    }
  }

  private FindingCode strayPointer(Value target) {
    String id = target.asUtf8();
    if (judgement.hasNoBody(id)) {
      return FindingCode.POINTER_DANGLING;
    }
    return judgement.sight().score(id).isPresent()
        ? FindingCode.POINTER_STALE
        : FindingCode.POINTER_ORPHAN;
  }

  /** By its kind; what it holds and for how long is not regionsnap's. */
  void judgeLive() {
    judgement
        .sight()
        .live()
        .filter(seen -> seen.kind() != Kind.VALUE)
        .ifPresent(seen -> judgement.wrongType(
            Invariant.WHOLE, judgement.layout().live(judgement.region()), Kind.VALUE, seen.kind()));
  }
}
