package io.regionsnap.domain.persist;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.ports.Key;

/** The six keys that persisting a snapshot touches. */
record SnapshotKeys(Key idView, Key timestampView, Key pointer, Key index, Key live, Key claim) {

  static SnapshotKeys of(Snapshot snapshot, KeyLayout layout, Policy policy) {
    Region region = snapshot.region();
    long generatedAtMillis = snapshot.generatedAtMillis();
    return new SnapshotKeys(
        layout.idView(region, snapshot.id()),
        layout.timestampView(region, generatedAtMillis),
        layout.pointer(region),
        layout.index(region),
        layout.live(region),
        layout.claim(region, snapshot.reason(), policy.bucketOf(generatedAtMillis)));
  }
}
