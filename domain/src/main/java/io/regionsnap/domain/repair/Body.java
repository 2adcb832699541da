package io.regionsnap.domain.repair;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;

/**
 * A body that some view holds, by what it says of itself.
 *
 * @param bytes its digest
 */
record Body(Seen.Bytes bytes, Region region, SnapshotId id, long generatedAtMillis) {}
