/**
 * Persisting snapshots, all or nothing.
 *
 * <p>{@link io.regionsnap.domain.persist.PersistSnapshots} is the use case. It makes of each
 * snapshot a transaction ({@code PersistPlanner}), commits all of them at once, and turns what the
 * store answers into a {@link io.regionsnap.domain.persist.PersistOutcome}: at once where the
 * answer is clear, by submitting the same guarded transaction again
 * ({@link io.regionsnap.domain.persist.RetryPolicy}) where it is in doubt.
 */
@NullMarked
package io.regionsnap.domain.persist;

import org.jspecify.annotations.NullMarked;
