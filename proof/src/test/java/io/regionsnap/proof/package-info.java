/**
 * The proof: faults of every class of the fault model on every store, what must hold after each,
 * and a control group of stores that must be caught.
 *
 * <p>{@code World} says what is looked at and judged; {@code history} plays random histories;
 * {@code redis} has the faults of a real server and of the way to it; {@code controls} the stores
 * that must be caught; {@code report} adds up what was done.
 */
@NullMarked
package io.regionsnap.proof;

import org.jspecify.annotations.NullMarked;
