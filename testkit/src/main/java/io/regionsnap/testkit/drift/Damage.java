package io.regionsnap.testkit.drift;

/**
 * One thing that goes wrong with the keys of a store. The numbers choose which: any numbers will
 * do.
 *
 * @param kind what goes wrong
 * @param first chooses a key, a member or a region
 * @param second chooses another, or how much
 */
public record Damage(Kind kind, int first, int second) {

  /** The kinds of damage. */
  public enum Kind {
    /** A key is gone. */
    DELETE,
    /** A value is an index, or an index a value. */
    WRONG_KIND,
    /** A key is neither. */
    OTHER_KIND,
    /** A value is cut off in the middle. */
    BREAK,
    /** A key never expires. */
    NO_EXPIRY,
    /** A key expires at another time. */
    EXPIRY_OFF,
    /** Two values have changed places. */
    SWAP,
    /** A value lies over another. */
    COPY_OVER,
    /** A body with the same id and time, and other content, lies in one view. */
    OTHER_CONTENT,
    /** A body of another region lies in a view. */
    FOREIGN_BODY,
    /** Some keys of a snapshot were written, and others were not. */
    PART_OF_SNAPSHOT,
    /** A snapshot has the time of another. */
    SAME_TIME,
    /** The pointer names another id, or none. */
    POINT_ELSEWHERE,
    /** A member has another score. */
    SCORE_OFF,
    /** A member is gone. */
    REMOVE_MEMBER,
    /** There is a member that nothing stands behind. */
    DANGLING_MEMBER,
    /** There is a member that is no id. */
    NO_ID_MEMBER,
    /** There is a claim to some id, or to none. */
    CLAIM,
    /** There is a live key. */
    LIVE
  }
}
