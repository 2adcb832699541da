package io.regionsnap.domain.invariants;

import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.Violation.Invariant;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges the claims on a region's buckets. Not thread-safe. */
final class ClaimJudge {
  private final Judgement judgement;

  ClaimJudge(Judgement judgement) {
    this.judgement = judgement;
  }

  /** Looks at the views and the score of what it names. */
  void judgeClaim(Key key, ObservedKey seen) {
    if (seen.expiresAtMillis().isEmpty()) {
      judgement.violate(Invariant.BOUNDED, FindingCode.NO_EXPIRY, key, "an expiry", "none");
    }
    if (!(seen instanceof ObservedValue value)) {
      judgement.wrongType(Invariant.CLAIM_IS_TRUE, key, Kind.VALUE, seen.kind());
    } else if (!isPersisted(value.value().asUtf8())) {
      judgement.violate(
          Invariant.CLAIM_IS_TRUE,
          FindingCode.CLAIM_DANGLING,
          key,
          "the id of a snapshot that is wholly persisted",
          Judgement.shown(value.value()));
    }
  }

  private boolean isPersisted(String id) {
    Optional<Value> byId = SnapshotId.isId(id)
        ? Judgement.bytes(judgement.sight().idView(new SnapshotId(id)))
        : Optional.empty();
    return byId.isPresent()
        && judgement
            .bodies()
            .parse(byId.get())
            .match(
                snapshot -> isWhole(id, byId.get(), snapshot.generatedAtMillis()),
                refusal -> false);
  }

  private boolean isWhole(String id, Value byId, long generatedAtMillis) {
    return Judgement.bytes(judgement.sight().timestampView(generatedAtMillis))
            .filter(byId::equals)
            .isPresent()
        && judgement.top().isPresent()
        && (generatedAtMillis < judgement.trimmedBelow()
            || judgement.sight().score(id).equals(OptionalLong.of(generatedAtMillis)));
  }
}
