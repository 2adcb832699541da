package io.regionsnap.domain.invariants;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.SnapshotParser;
import java.util.List;

/**
 * Judges whether a region hangs together: the one place that says what whole means.
 *
 * <p>Two things are on their way out and are no violation. An index member whose views have expired
 * stays until the region's next commit, which trims it; and the views of a member that was trimmed
 * stay until they expire. Both are told by their time alone: the first is older than the retention
 * and grace by the store's clock, the second older than the retention by the region's newest
 * snapshot.
 *
 * <p>Immutable and thread-safe.
 */
public final class RegionInvariants {
  private final KeyLayout layout;
  private final Policy policy;
  private final SnapshotParser parser;

  /**
   * A judge.
   *
   * @param layout how keys are named
   * @param policy how long things are kept
   * @param parser reads bodies
   */
  public RegionInvariants(KeyLayout layout, Policy policy, SnapshotParser parser) {
    this.layout = layout;
    this.policy = policy;
    this.parser = parser;
  }

  /**
   * Everything in which a region does not hang together.
   *
   * @param state what was seen of the region in one instant
   * @return the violations; empty for a region that is whole, and for one that is not there at all
   */
  public List<Violation> violations(RegionState state) {
    return new StateJudge(layout, policy, parser, state).violations();
  }

  /**
   * Everything that a change of a region did which no change may do: an id rewritten, the pointer
   * moved back, live kept by a new top or cleared without one.
   *
   * @param before what was seen before the change, itself without violations
   * @param after what was seen after it
   * @return the violations; empty for a change that is allowed
   */
  public List<Violation> violations(RegionState before, RegionState after) {
    return new StepJudge(layout, parser, before, after).violations();
  }
}
