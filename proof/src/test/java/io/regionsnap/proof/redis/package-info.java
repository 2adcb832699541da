/** Faults of real Redis servers, and of the way to them. */
@NullMarked
package io.regionsnap.proof.redis;

import org.jspecify.annotations.NullMarked;
