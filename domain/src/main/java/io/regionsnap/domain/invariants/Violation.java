package io.regionsnap.domain.invariants;

import io.regionsnap.ports.Key;
import java.util.Optional;

/**
 * One way in which a region does not hang together.
 *
 * @param invariant which invariant is broken
 * @param code what kind of drift it is; empty if a step was wrong, and not a state
 * @param key where
 * @param expected what should be seen, in a few words
 * @param seen what was seen, in a few words
 */
public record Violation(
    Invariant invariant, Optional<FindingCode> code, Key key, String expected, String seen) {

  /** What always holds for a region, at every instant, for every reader, whatever fails. */
  public enum Invariant {
    /**
     * Every index member has its id view and its timestamp view; both hold the same bytes, which
     * name the same region, id and time as the keys and the score do.
     */
    WHOLE,
    /** Every id view and timestamp view has its index member. */
    NO_ORPHANS,
    /** The pointer exists exactly when the index is not empty, and names its highest score. */
    POINTER_IS_TOP,
    /** No two ids share a timestamp, and no id is ever rewritten with other bytes. */
    ONE_PER_INSTANT,
    /**
     * Every key expires when it should, and the index reaches no further back than the retention.
     */
    BOUNDED,
    /** The pointer never moves to an older snapshot. */
    FORWARD_ONLY,
    /** What a claim names is wholly persisted. */
    CLAIM_IS_TRUE,
    /**
     * Live is cleared in the instant in which a newer snapshot becomes the latest, and not
     * otherwise.
     */
    LIVE_CLEARED_BY_TOP
  }
}
