/**
 * Drifted stores: {@link io.regionsnap.testkit.drift.Messes} makes any mess at all of whole
 * regions, {@link io.regionsnap.testkit.drift.OldWriter} those that the writer of old leaves
 * behind, {@link io.regionsnap.testkit.drift.RepairCheck} holds audit and repair to what they
 * promise, and {@link io.regionsnap.testkit.drift.RepairContract} does so on any store.
 */
@NullMarked
package io.regionsnap.testkit.drift;

import org.jspecify.annotations.NullMarked;
