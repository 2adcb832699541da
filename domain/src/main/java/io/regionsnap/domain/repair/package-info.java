/**
 * Mending drift.
 *
 * <p>{@link io.regionsnap.domain.repair.RepairRegions} is the use case. It audits, makes of what
 * was found a {@link io.regionsnap.domain.repair.RepairPlan} of guarded steps
 * ({@code RegionPlanner}: what hangs together is gathered by {@code Gathering}, and placed by
 * {@code Placement}), and applies them one transaction each. A step's guards are what the plan was
 * made from, so that one made stale by a writer does nothing; then it audits again.
 */
@NullMarked
package io.regionsnap.domain.repair;

import org.jspecify.annotations.NullMarked;
