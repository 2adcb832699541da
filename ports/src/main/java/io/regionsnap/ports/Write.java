package io.regionsnap.ports;

/**
 * One change that a transaction makes. Writes happen in the order given, all in one instant.
 *
 * <p>Where a write speaks of an index's <em>top</em>, it means the member with the highest score at
 * that point of the transaction, after the writes before it.
 */
public sealed interface Write {

  /**
   * Puts bytes under a key and sets when it expires; what was there is replaced.
   *
   * @param key a value
   * @param value the bytes
   * @param expiresAtMillis epoch milliseconds; from this instant on the key does not exist
   */
  record Put(Key key, Value value, long expiresAtMillis) implements Write {}

  /**
   * Adds a member to an index, or moves it to this score.
   *
   * @param index an index
   * @param entry the member and its score
   */
  record Add(Key index, IndexEntry entry) implements Write {}

  /**
   * Removes the members of an index whose score is below that of its top minus the span.
   *
   * @param index an index
   * @param span zero or more, in units of the score
   */
  record Trim(Key index, long span) implements Write {
    /**
     * Checks the span.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Trim {
      if (span < 0) {
        throw new IllegalArgumentException("span is negative: " + span);
      }
    }
  }

  /**
   * Sets an index to expire when the score of its top, read as epoch milliseconds, is this much in
   * the past. Nothing happens to an index that is empty.
   *
   * @param index an index
   * @param lifetimeMillis milliseconds from the top's score
   */
  record ExpireWithTop(Key index, long lifetimeMillis) implements Write {}

  /**
   * Puts the top member of an index under a key, to expire as {@link ExpireWithTop} says. Nothing
   * happens if the index is empty.
   *
   * @param key a value
   * @param index an index
   * @param lifetimeMillis milliseconds from the top's score
   */
  record PointAtTop(Key key, Key index, long lifetimeMillis) implements Write {}

  /**
   * Deletes a key, if it exists.
   *
   * @param key a value
   */
  record Delete(Key key) implements Write {}

  /**
   * Removes a member of an index, if it is one. An index without members does not exist.
   *
   * @param index an index
   * @param member not empty
   */
  record Remove(Key index, String member) implements Write {
    /**
     * Checks the member.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Remove {
      if (member.isEmpty()) {
        throw new IllegalArgumentException("an index member is not empty");
      }
    }
  }

  /**
   * Moves what a key holds, of whatever kind, under another key, and sets when that expires; what
   * was there is replaced. Nothing happens if there is nothing to move. Afterwards the first key is
   * free: later writes may use it for either kind.
   *
   * @param from the key to free
   * @param kind the kind that it must hold if it exists, which refuses the transaction otherwise
   * @param to another key, a value if it exists; no other write names it
   * @param expiresAtMillis epoch milliseconds; from this instant on the second key does not exist
   */
  record Move(Key from, Kind kind, Key to, long expiresAtMillis) implements Write {
    /**
     * Checks the keys.
     *
     * @throws IllegalArgumentException if they are the same
     */
    public Move {
      if (from.equals(to)) {
        throw new IllegalArgumentException(from + " cannot be moved under itself");
      }
    }
  }

  /**
   * Makes another write only if the transaction's {@link Add} gave its index a new top: the member
   * was not in it, and no member had a score as high.
   *
   * @param write any write but an {@link Add}, a {@link Move} and another {@code IfNewTop}
   */
  record IfNewTop(Write write) implements Write {
    /**
     * Checks the inner write.
     *
     * @throws IllegalArgumentException if it is one of those
     */
    public IfNewTop {
      if (write instanceof Add || write instanceof Move || write instanceof IfNewTop) {
        throw new IllegalArgumentException("IfNewTop does not take " + write);
      }
    }
  }

  /**
   * Calls the case that this write is.
   *
   * @param cases one method for each write
   * @param <R> what they return
   * @return what the method returned
   */
  default <R> R match(Cases<R> cases) {
    if (this instanceof Put write) {
      return cases.put(write);
    } else if (this instanceof Add write) {
      return cases.add(write);
    } else if (this instanceof Trim write) {
      return cases.trim(write);
    } else if (this instanceof ExpireWithTop write) {
      return cases.expireWithTop(write);
    } else if (this instanceof PointAtTop write) {
      return cases.pointAtTop(write);
    } else if (this instanceof Delete write) {
      return cases.delete(write);
    } else if (this instanceof Remove write) {
      return cases.remove(write);
    } else if (this instanceof Move write) {
      return cases.move(write);
    } else {
      return cases.ifNewTop((IfNewTop) this);
    }
  }

  /**
   * A function over writes, one method each.
   *
   * @param <R> what it returns
   */
  interface Cases<R> {
    /** For {@link Put}. */
    R put(Put write);

    /** For {@link Add}. */
    R add(Add write);

    /** For {@link Trim}. */
    R trim(Trim write);

    /** For {@link ExpireWithTop}. */
    R expireWithTop(ExpireWithTop write);

    /** For {@link PointAtTop}. */
    R pointAtTop(PointAtTop write);

    /** For {@link Delete}. */
    R delete(Delete write);

    /** For {@link Remove}. */
    R remove(Remove write);

    /** For {@link Move}. */
    R move(Move write);

    /** For {@link IfNewTop}. */
    R ifNewTop(IfNewTop write);
  }
}
