package io.regionsnap.domain.read;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the bodies of snapshots, and believes only those that say what their keys say. */
final class Bodies {
  private final TransactionalStore store;
  private final KeyLayout layout;
  private final SnapshotParser parser;

  Bodies(TransactionalStore store, KeyLayout layout, SnapshotParser parser) {
    this.store = store;
    this.layout = layout;
    this.parser = parser;
  }

  /**
   * The snapshots that an index names, each from its id view; where that is missing or wrong, from
   * its timestamp view, as drift with a fallback. Two batches at most, one on whole data.
   */
  List<ReadOutcome> read(Region region, List<SnapshotRef> refs) {
    List<ReadOutcome> outcomes = new ArrayList<>();
    List<ReadResult<Value>> idViews =
        store.read(refs.stream().map(ref -> idView(region, ref)).toList());
    List<Integer> drifted = new ArrayList<>();
    for (int i = 0; i < refs.size(); i++) {
      ReadOutcome outcome = judge(region, refs.get(i), idView(region, refs.get(i)), idViews.get(i));
      outcomes.add(outcome);
      if (outcome instanceof ReadOutcome.Drifted) {
        drifted.add(i);
      }
    }
    if (!drifted.isEmpty()) {
      readTimestampViews(region, refs, drifted, outcomes);
    }
    return outcomes;
  }

  private void readTimestampViews(
      Region region, List<SnapshotRef> refs, List<Integer> drifted, List<ReadOutcome> outcomes) {
    List<ReadResult<Value>> timestampViews =
        store.read(drifted.stream().map(i -> timestampView(region, refs.get(i))).toList());
    for (int n = 0; n < drifted.size(); n++) {
      int i = drifted.get(n);
      Query.Get view = timestampView(region, refs.get(i));
      ReadOutcome second = judge(region, refs.get(i), view, timestampViews.get(n));
      String problem = ((ReadOutcome.Drifted) outcomes.get(i)).problem();
      outcomes.set(
          i,
          second.match(
              found -> new ReadOutcome.Drifted(problem, Optional.of(found.snapshot())),
              () -> new ReadOutcome.Drifted(problem, Optional.empty()),
              alsoDrifted -> new ReadOutcome.Drifted(problem, Optional.empty()),
              unreadable -> unreadable));
    }
  }

  private Query.Get idView(Region region, SnapshotRef ref) {
    return new Query.Get(layout.idView(region, ref.id()));
  }

  private Query.Get timestampView(Region region, SnapshotRef ref) {
    return new Query.Get(layout.timestampView(region, ref.generatedAtMillis()));
  }

  private ReadOutcome judge(
      Region region, SnapshotRef ref, Query.Get view, ReadResult<Value> result) {
    return result.match(
        body -> judge(region, ref, view, body),
        () -> drifted(view, "is missing"),
        wrong -> drifted(view, "holds the wrong kind of value (" + wrong.found() + ")"),
        unreadable -> new ReadOutcome.Unreadable(unreadable.message()));
  }

  private ReadOutcome judge(Region region, SnapshotRef ref, Query.Get view, Value body) {
    return parser
        .parse(body)
        .match(
            snapshot -> isNamed(snapshot, region, ref)
                ? new ReadOutcome.Found(snapshot)
                : drifted(view, "holds another snapshot"),
            refusal -> drifted(view, "holds no snapshot: " + refusal.message()));
  }

  private static boolean isNamed(Snapshot snapshot, Region region, SnapshotRef ref) {
    return snapshot.region().equals(region)
        && snapshot.id().equals(ref.id())
        && snapshot.generatedAtMillis() == ref.generatedAtMillis();
  }

  private static ReadOutcome drifted(Query.Get view, String what) {
    return new ReadOutcome.Drifted(view.key() + " " + what, Optional.empty());
  }
}
