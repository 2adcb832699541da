package io.regionsnap.redis.dialect;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Value;
import java.util.Arrays;

/** A member of a sorted set as the server has it, in the server's order. */
record Ranked(Value member, double score) implements Comparable<Ranked> {

  IndexEntry entry() {
    return new IndexEntry(member.asUtf8(), Replies.whole(score));
  }

  @Override
  public int compareTo(Ranked other) {
    int byScore = Double.compare(score, other.score);
    return byScore != 0
        ? byScore
        : Arrays.compareUnsigned(member.toByteArray(), other.member.toByteArray());
  }
}
