/**
 * Random histories on any store: {@link io.regionsnap.proof.history.Histories} makes them,
 * {@link io.regionsnap.proof.history.Player} plays them in an
 * {@link io.regionsnap.proof.history.Environment} and looks at the raw keys after every step, and
 * {@link io.regionsnap.proof.history.Explanation} decides whether what was answered and what is
 * there agree.
 */
@NullMarked
package io.regionsnap.proof.history;

import org.jspecify.annotations.NullMarked;
