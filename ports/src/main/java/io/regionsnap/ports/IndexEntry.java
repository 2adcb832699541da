package io.regionsnap.ports;

/**
 * One member of an index with its score. Entries order by score, then by member (by UTF-8 bytes, as
 * Redis does; for the ASCII members used here that is the order of {@link String}).
 *
 * @param member not empty
 * @param score a whole number that a double holds exactly: between -2^53 and 2^53
 */
public record IndexEntry(String member, long score) implements Comparable<IndexEntry> {
  /** The largest score, 2^53: Redis keeps scores as doubles. */
  public static final long MAX_SCORE = 1L << 53;

  /**
   * Checks the entry.
   *
   * @throws IllegalArgumentException if the member is empty or the score out of range
   */
  public IndexEntry {
    if (member.isEmpty()) {
      throw new IllegalArgumentException("an index member is not empty");
    }
    requireScore(score);
  }

  static void requireScore(long score) {
    if (score < -MAX_SCORE || score > MAX_SCORE) {
      throw new IllegalArgumentException("score " + score + " does not fit a double exactly");
    }
  }

  @Override
  public int compareTo(IndexEntry other) {
    int byScore = Long.compare(score, other.score);
    return byScore != 0 ? byScore : member.compareTo(other.member);
  }
}
