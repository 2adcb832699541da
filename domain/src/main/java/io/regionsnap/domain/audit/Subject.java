package io.regionsnap.domain.audit;

import io.regionsnap.domain.SnapshotId;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;

/** A part of a region that is judged by itself. */
public sealed interface Subject {
  /** The index as a whole, the pointer and the live key. */
  record Head() implements Subject {}

  /**
   * A member of the index, with its views.
   *
   * @param entry the member as it was first seen
   */
  record Member(IndexEntry entry) implements Subject {}

  /**
   * An id view that is not in the index.
   *
   * @param id the id in its key
   */
  record IdView(SnapshotId id) implements Subject {}

  /**
   * A timestamp view at a time at which nothing is in the index.
   *
   * @param generatedAtMillis the time in its key; epoch milliseconds
   */
  record TimestampView(long generatedAtMillis) implements Subject {}

  /**
   * A claim.
   *
   * @param key its key
   */
  record Claim(Key key) implements Subject {}
}
