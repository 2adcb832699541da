package io.regionsnap.domain.persist;

import io.regionsnap.ports.Transaction;
import java.util.List;

/**
 * The transaction that persists a snapshot, and what each of its guards is there for.
 *
 * @param keys the keys that it touches
 * @param transaction what to commit
 * @param checks what the guard at the same place in the transaction checks
 */
record PersistPlan(SnapshotKeys keys, Transaction transaction, List<Check> checks) {
  PersistPlan {
    checks = List.copyOf(checks);
    if (checks.size() != transaction.guards().size()) {
      throw new IllegalArgumentException("one check for each guard");
    }
  }

  /** What a guard is there for. */
  enum Check {
    /** The snapshot is not wholly there yet. */
    NOT_YET_WHOLE,
    /** The store's clock is not so far ahead that the claim would be born dead. */
    CLOCKS_AGREE,
    /**
     * The snapshot is not so much older than the region's newest that it would be trimmed at once.
     */
    WITHIN_RETENTION,
    /** The id is free, or has these bytes. */
    ID_FREE,
    /** The index has room for the id at the timestamp. */
    INDEX_ADMITS,
    /** The timestamp is free, or has these bytes. */
    TIMESTAMP_FREE,
    /** Nobody else has claimed the bucket. */
    CLAIM_FREE,
    /** The claim still holds what was seen before. */
    CLAIM_UNCHANGED,
    /** What the claim names is not stored. */
    CLAIM_DEAD,
    /** The pointer is absent or names a member of the index, so that it can only move forward. */
    POINTER_KNOWN,
    /** The pointer, and what was seen of where it leads, are as before. */
    POINTER_UNCHANGED
  }
}
