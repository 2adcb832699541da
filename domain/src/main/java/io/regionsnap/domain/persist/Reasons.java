package io.regionsnap.domain.persist;

import io.regionsnap.domain.Quoted;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.StoreRefusal;
import java.time.Instant;

/** Why the keys in a store stand against a snapshot, in words. */
final class Reasons {
  private Reasons() {}

  static Refusal clocksDisagree(Observation.Clock store, long nowMillis) {
    return new Refusal(
        Refusal.Code.CLOCKS_DISAGREE,
        "the store's clock says %s, far ahead of ours, %s; set the clocks right"
            .formatted(Instant.ofEpochMilli(store.millis()), Instant.ofEpochMilli(nowMillis)));
  }

  static Refusal tooOld(Snapshot snapshot, Observation.Entry top) {
    return new Refusal(
        Refusal.Code.OLDER_THAN_RETENTION,
        "generated_at %s is older than the region's newest snapshot, %s, by more than the retention"
            .formatted(
                Instant.ofEpochMilli(snapshot.generatedAtMillis()),
                Instant.ofEpochMilli(top.entry().score())));
  }

  static Refusal idTaken(Snapshot snapshot) {
    return new Refusal(
        Refusal.Code.ID_TAKEN, "id %s is in use for other content".formatted(snapshot.id()));
  }

  /** The index has the id at another time, or another id at the time. */
  static Refusal indexTaken(Snapshot snapshot, Observation.Entry inTheWay) {
    String member = inTheWay.entry().member();
    return member.equals(snapshot.id().text())
        ? idTaken(snapshot)
        : timestampTaken(snapshot, "snapshot " + Quoted.of(member));
  }

  static Refusal timestampTaken(Snapshot snapshot, String holder) {
    return new Refusal(
        Refusal.Code.TIMESTAMP_TAKEN,
        "generated_at %d of region %s is taken by %s"
            .formatted(snapshot.generatedAtMillis(), snapshot.region(), holder));
  }

  static Refusal noId(Key key, Observation.Held held) {
    return new Refusal(
        Refusal.Code.DRIFTED,
        "key %s holds %d bytes that are no snapshot id; move it out of the way, then persist again"
            .formatted(key, held.size()));
  }

  static Refusal wrongKind(StoreRefusal.WrongKind wrong) {
    return new Refusal(
        Refusal.Code.WRONG_KIND,
        "key %s holds the wrong kind of value (%s); move it out of the way, then persist again"
            .formatted(wrong.key(), wrong.found()));
  }
}
