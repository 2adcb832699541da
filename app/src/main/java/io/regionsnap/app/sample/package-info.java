/**
 * Realistic snapshots to try regionsnap with.
 *
 * <p>{@link io.regionsnap.app.sample.SampleSeries} says which snapshots there are, for which
 * regions and when; {@code SampleDocument} writes each one, of exactly the size asked for, from the
 * words in {@code Vocabulary}.
 */
@NullMarked
package io.regionsnap.app.sample;

import org.jspecify.annotations.NullMarked;
