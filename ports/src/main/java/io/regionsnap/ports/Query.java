package io.regionsnap.ports;

import java.util.List;

/**
 * One question to a store. Each is answered from one instant; two queries of one batch may be
 * answered from different instants.
 *
 * @param <T> what the answer holds
 */
public sealed interface Query<T> {

  /**
   * The bytes under a key. Answered {@link ReadResult.Absent} if the key does not exist.
   *
   * @param key a value
   */
  record Get(Key key) implements Query<Value> {}

  /**
   * The entries of an index between two scores, both included; an index that does not exist is
   * empty.
   *
   * @param index an index
   * @param minScore the lowest score
   * @param maxScore the highest score
   * @param order which end comes first
   * @param offset how many entries to leave out first, zero or more
   * @param limit how many entries to return at most, one or more
   */
  record Range(Key index, long minScore, long maxScore, Order order, int offset, int limit)
      implements Query<List<IndexEntry>> {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the offset is negative or the limit is not positive
     */
    public Range {
      if (offset < 0 || limit < 1) {
        throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
      }
    }

    /**
     * The entry with the highest score.
     *
     * @param index an index
     * @return a range of at most one entry
     */
    public static Range top(Key index) {
      return new Range(
          index, -IndexEntry.MAX_SCORE, IndexEntry.MAX_SCORE, Order.HIGHEST_FIRST, 0, 1);
    }
  }

  /**
   * A pointer, the value that it names, and the top of its index. The name of that value is the
   * prefix followed by the pointer's bytes.
   *
   * <p>A store may read the pointer and the value in two steps. Always answered
   * {@link ReadResult.Found}, unless a key holds the wrong kind or cannot be read.
   *
   * @param pointer a value
   * @param prefix the part of the named key before the pointer's bytes
   * @param index an index
   */
  record Follow(Key pointer, String prefix, Key index) implements Query<Followed> {}

  /**
   * The kind and expiry of a key. Answered {@link ReadResult.Absent} if the key does not exist.
   *
   * @param key any key
   */
  record Describe(Key key) implements Query<KeyDescription> {}

  /**
   * The kind and expiry of a key and, if it is a value, its bytes. Answered
   * {@link ReadResult.Absent} if the key does not exist.
   *
   * @param key any key
   */
  record Inspect(Key key) implements Query<Inspected> {}

  /**
   * The score of a member of an index. Answered {@link ReadResult.Absent} if it is no member, or
   * the index does not exist.
   *
   * @param index an index
   * @param member not empty
   */
  record Score(Key index, String member) implements Query<Long> {
    /**
     * Checks the member.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Score {
      if (member.isEmpty()) {
        throw new IllegalArgumentException("an index member is not empty");
      }
    }
  }

  /** Which end of an index comes first. */
  enum Order {
    /** Ascending scores. */
    LOWEST_FIRST,
    /** Descending scores. */
    HIGHEST_FIRST
  }

  /**
   * Calls the case that this query is.
   *
   * @param cases one method for each query
   * @param <R> what they return
   * @return what the method returned
   */
  default <R> R match(Cases<R> cases) {
    if (this instanceof Get query) {
      return cases.get(query);
    } else if (this instanceof Range query) {
      return cases.range(query);
    } else if (this instanceof Follow query) {
      return cases.follow(query);
    } else if (this instanceof Score query) {
      return cases.score(query);
    } else if (this instanceof Inspect query) {
      return cases.inspect(query);
    } else {
      return cases.describe((Describe) this);
    }
  }

  /**
   * A function over queries, one method each.
   *
   * @param <R> what it returns
   */
  interface Cases<R> {
    /** For {@link Get}. */
    R get(Get query);

    /** For {@link Range}. */
    R range(Range query);

    /** For {@link Follow}. */
    R follow(Follow query);

    /** For {@link Describe}. */
    R describe(Describe query);

    /** For {@link Score}. */
    R score(Score query);

    /** For {@link Inspect}. */
    R inspect(Inspect query);
  }
}
