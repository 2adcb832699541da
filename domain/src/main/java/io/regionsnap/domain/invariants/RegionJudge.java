package io.regionsnap.domain.invariants;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Judges a region one thing at a time: the index, the pointer, a member with its views, a view, a
 * claim. Whoever sees the whole region judges everything in it; whoever pages through it judges a
 * page. Keeps what it found. Not thread-safe.
 */
public final class RegionJudge {
  private final Judgement judgement;
  private final HeadJudge head;
  private final SnapshotJudge snapshots;
  private final ClaimJudge claims;

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
    this.judgement = new Judgement(layout, policy, bodies, tolerance, sight);
    this.head = new HeadJudge(judgement);
    this.snapshots = new SnapshotJudge(judgement);
    this.claims = new ClaimJudge(judgement);
  }

  /**
   * Everything that was found so far.
   *
   * @return the violations, in the order in which they were found
   */
  public List<Violation> violations() {
    return judgement.violations();
  }

  /** Judges the index by its kind, its expiry and how far it reaches back. */
  public void judgeIndex() {
    head.judgeIndex();
  }

  /**
   * Judges a member of the index by its id, its views and the member before it.
   *
   * @param entry the member
   * @param previous the next lower entry; empty if there is none
   */
  public void judgeMember(IndexEntry entry, Optional<IndexEntry> previous) {
    snapshots.judgeMember(entry, previous);
  }

  /**
   * Judges an id view.
   *
   * @param id the id in its key
   */
  public void judgeIdView(SnapshotId id) {
    snapshots.judgeIdView(id);
  }

  /**
   * Judges a timestamp view.
   *
   * @param generatedAtMillis the time in its key; epoch milliseconds
   */
  public void judgeTimestampView(long generatedAtMillis) {
    snapshots.judgeTimestampView(generatedAtMillis);
  }

  /** Judges the pointer. Looks at the id view and the score of what it names. */
  public void judgePointer() {
    head.judgePointer();
  }

  /** Judges the live key by its kind; what it holds and for how long is not regionsnap's. */
  public void judgeLive() {
    head.judgeLive();
  }

  /**
   * Judges a claim. Looks at the views and the score of what it names.
   *
   * @param key its key
   * @param seen what it holds
   */
  public void judgeClaim(Key key, ObservedKey seen) {
    claims.judgeClaim(key, seen);
  }
}
