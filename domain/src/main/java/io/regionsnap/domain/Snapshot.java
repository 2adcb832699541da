package io.regionsnap.domain;

import io.regionsnap.ports.Value;

/**
 * One region's JSON document at one moment. Its bytes are stored and given back exactly as they
 * came.
 *
 * @param region {@code region_id} of the document
 * @param id {@code meta.snapshot_id}
 * @param generatedAtMillis {@code generated_at}, epoch milliseconds
 * @param reason {@code meta.trigger_reason}
 * @param body the document's bytes, untouched
 */
public record Snapshot(
    Region region, SnapshotId id, long generatedAtMillis, TriggerReason reason, Value body) {}
