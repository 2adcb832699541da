package io.regionsnap.ports;

import java.util.List;

/**
 * A condition that must hold, in the same instant in which the writes happen, for a transaction to
 * be applied. Guards are checked in the order given; the first that does not hold is reported.
 *
 * <p>A key that holds the wrong kind is not a failed guard: it refuses the whole transaction
 * ({@link StoreRefusal.WrongKind}).
 *
 * <p>What is observed where a guard does not hold: the value that the key holds
 * ({@link Observation.Held}), or {@link Observation.Nothing} where a key was expected, for guards
 * that speak of a key; for guards of an index, the entry that each of them names; for the clock,
 * the clock.
 */
public sealed interface Guard {

  /**
   * The key does not exist.
   *
   * @param key a value
   */
  record Absent(Key key) implements Guard {}

  /**
   * The key holds exactly these bytes.
   *
   * @param key a value
   * @param expected the bytes
   */
  record Equal(Key key, Value expected) implements Guard {}

  /**
   * The key does not exist, or holds exactly these bytes.
   *
   * @param key a value
   * @param expected the bytes
   */
  record AbsentOrEqual(Key key, Value expected) implements Guard {}

  /**
   * The key does not exist, or what it holds is a member of the index.
   *
   * @param key a value
   * @param index an index
   */
  record AbsentOrMember(Key key, Key index) implements Guard {}

  /**
   * The key exists and holds the highest member of the index, which is not empty.
   *
   * @param key a value
   * @param index an index
   */
  record AtTop(Key key, Key index) implements Guard {}

  /**
   * The index has this member at this score. Otherwise its entry at another score is observed, or
   * nothing.
   *
   * @param index an index
   * @param entry the member and its score
   */
  record Contains(Key index, IndexEntry entry) implements Guard {}

  /**
   * The index has this member at no other score, and no other member at this score; both may be
   * absent. Otherwise the entry in the way is observed: this member's own at another score if there
   * is one, else any other member's at this score.
   *
   * @param index an index
   * @param entry the member and its score
   */
  record Admits(Key index, IndexEntry entry) implements Guard {}

  /**
   * The index is empty, or its highest score minus the span is not above this score. A lower score
   * would be trimmed in the moment it is added. Otherwise the top is observed.
   *
   * @param index an index
   * @param score the score
   * @param span zero or more, in units of the score
   */
  record WithinSpan(Key index, long score, long span) implements Guard {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the score is out of range or the span negative
     */
    public WithinSpan {
      IndexEntry.requireScore(score);
      requireNotNegative(span, "span");
    }
  }

  /**
   * The store's own clock has not reached the instant. Redis stores a key whose expiry has passed
   * without a word and never shows it; this guard stands before that, and it also ends the life of
   * a request that is delivered late.
   *
   * @param instantMillis epoch milliseconds
   */
  record StoreClockBefore(long instantMillis) implements Guard {}

  /**
   * Not all of these hold: at least one fails.
   *
   * @param guards one or more, none of them a {@code NotAll}
   */
  record NotAll(List<Guard> guards) implements Guard {
    /**
     * Checks and copies the list.
     *
     * @throws IllegalArgumentException if the list is empty or holds another {@code NotAll}
     */
    public NotAll {
      guards = List.copyOf(guards);
      if (guards.isEmpty() || guards.stream().anyMatch(NotAll.class::isInstance)) {
        throw new IllegalArgumentException("NotAll takes one or more guards, none of them NotAll");
      }
    }
  }

  private static void requireNotNegative(long number, String name) {
    if (number < 0) {
      throw new IllegalArgumentException(name + " is negative: " + number);
    }
  }

  /**
   * Calls the case that this guard is.
   *
   * @param cases one method for each guard
   * @param <R> what they return
   * @return what the method returned
   */
  default <R> R match(Cases<R> cases) {
    if (this instanceof Absent guard) {
      return cases.absent(guard);
    } else if (this instanceof Equal guard) {
      return cases.equal(guard);
    } else if (this instanceof AbsentOrEqual guard) {
      return cases.absentOrEqual(guard);
    } else if (this instanceof AbsentOrMember guard) {
      return cases.absentOrMember(guard);
    } else if (this instanceof AtTop guard) {
      return cases.atTop(guard);
    } else if (this instanceof Contains guard) {
      return cases.contains(guard);
    } else if (this instanceof Admits guard) {
      return cases.admits(guard);
    } else if (this instanceof WithinSpan guard) {
      return cases.withinSpan(guard);
    } else if (this instanceof StoreClockBefore guard) {
      return cases.storeClockBefore(guard);
    } else {
      return cases.notAll((NotAll) this);
    }
  }

  /**
   * A function over guards, one method each.
   *
   * @param <R> what it returns
   */
  interface Cases<R> {
    /** For {@link Absent}. */
    R absent(Absent guard);

    /** For {@link Equal}. */
    R equal(Equal guard);

    /** For {@link AbsentOrEqual}. */
    R absentOrEqual(AbsentOrEqual guard);

    /** For {@link AbsentOrMember}. */
    R absentOrMember(AbsentOrMember guard);

    /** For {@link AtTop}. */
    R atTop(AtTop guard);

    /** For {@link Contains}. */
    R contains(Contains guard);

    /** For {@link Admits}. */
    R admits(Admits guard);

    /** For {@link WithinSpan}. */
    R withinSpan(WithinSpan guard);

    /** For {@link StoreClockBefore}. */
    R storeClockBefore(StoreClockBefore guard);

    /** For {@link NotAll}. */
    R notAll(NotAll guard);
  }
}
