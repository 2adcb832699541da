/**
 * What always holds for a region, as functions over what somebody saw in the raw keys.
 *
 * <p>Tests and audit judge a region by {@link RegionInvariants}, so that there is one place that
 * says what whole means.
 */
@NullMarked
package io.regionsnap.domain.invariants;

import org.jspecify.annotations.NullMarked;
