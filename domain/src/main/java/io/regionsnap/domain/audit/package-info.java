/**
 * Finding drift: keys of a region that contradict each other.
 *
 * <p>{@link io.regionsnap.domain.audit.AuditRegions} is the use case. It pages through the indexes
 * and then through the names of all keys ({@code AuditRun}), reads ahead of what is being judged
 * ({@code ReadAhead}), looks at a few at a time ({@code Look}), lets
 * {@link io.regionsnap.domain.invariants.RegionJudge} judge them, and looks a second time at what
 * seems to be wrong: a commit in between is no drift. It never writes.
 */
@NullMarked
package io.regionsnap.domain.audit;

import org.jspecify.annotations.NullMarked;
