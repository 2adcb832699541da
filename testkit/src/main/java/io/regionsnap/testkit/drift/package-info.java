/**
 * Drifted stores: {@link io.regionsnap.testkit.drift.Messes} makes any mess at all of whole
 * regions, {@link io.regionsnap.testkit.drift.OldWriter} those that the writer of old leaves
 * behind, and {@link io.regionsnap.testkit.drift.RepairCheck} holds audit and repair to what they
 * promise.
 */
@NullMarked
package io.regionsnap.testkit.drift;

import org.jspecify.annotations.NullMarked;
