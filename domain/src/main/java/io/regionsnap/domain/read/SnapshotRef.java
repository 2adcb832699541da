package io.regionsnap.domain.read;

import io.regionsnap.domain.SnapshotId;

/**
 * What the index knows of a snapshot.
 *
 * @param id its id
 * @param generatedAtMillis epoch milliseconds
 */
public record SnapshotRef(SnapshotId id, long generatedAtMillis) {}
