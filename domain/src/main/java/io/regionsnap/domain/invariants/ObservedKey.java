package io.regionsnap.domain.invariants;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** What somebody who looked at the raw keys of a store saw under one of them. */
public sealed interface ObservedKey {

  /**
   * When the key expires.
   *
   * @return epoch milliseconds; empty if never
   */
  OptionalLong expiresAtMillis();

  /**
   * The kind of what was seen.
   *
   * @return the kind
   */
  default Kind kind() {
    if (this instanceof ObservedValue) {
      return Kind.VALUE;
    }
    return this instanceof ObservedIndex ? Kind.INDEX : Kind.OTHER;
  }

  /**
   * A value.
   *
   * @param value its bytes
   * @param expiresAtMillis epoch milliseconds; empty if never
   */
  record ObservedValue(Value value, OptionalLong expiresAtMillis) implements ObservedKey {}

  /**
   * An index.
   *
   * @param entries its entries, lowest first
   * @param expiresAtMillis epoch milliseconds; empty if never
   */
  record ObservedIndex(SortedSet<IndexEntry> entries, OptionalLong expiresAtMillis)
      implements ObservedKey {
    /** Copies the entries. */
    public ObservedIndex {
      entries = Collections.unmodifiableSortedSet(new TreeSet<>(entries));
    }

    /**
     * An index with these entries.
     *
     * @param entries in any order
     * @param expiresAtMillis epoch milliseconds; empty if never
     */
    public ObservedIndex(Collection<IndexEntry> entries, OptionalLong expiresAtMillis) {
      this(new TreeSet<>(entries), expiresAtMillis);
    }
  }

  /**
   * Something that is neither.
   *
   * @param expiresAtMillis epoch milliseconds; empty if never
   */
  record ObservedOther(OptionalLong expiresAtMillis) implements ObservedKey {}
}
