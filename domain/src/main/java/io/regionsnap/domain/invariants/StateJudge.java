package io.regionsnap.domain.invariants;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.ports.IndexEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Judges one whole state of a region: everything that is in it. Used once. */
final class StateJudge {
  private final RegionState state;
  private final RegionJudge judge;

  StateJudge(KeyLayout layout, Policy policy, SnapshotParser parser, RegionState state) {
    this.state = state;
    this.judge =
        new RegionJudge(layout, policy, new Bodies(parser), Duration.ZERO, new StateSight(state));
  }

  List<Violation> violations() {
    judge.judgeIndex();
    Optional<IndexEntry> previous = Optional.empty();
    for (IndexEntry entry : state.entries()) {
      judge.judgeMember(entry, previous);
      previous = Optional.of(entry);
    }
    state.idViews().keySet().forEach(judge::judgeIdView);
    state.timestampViews().keySet().forEach(judge::judgeTimestampView);
    judge.judgePointer();
    judge.judgeLive();
    state.claims().forEach(judge::judgeClaim);
    return judge.violations();
  }
}
