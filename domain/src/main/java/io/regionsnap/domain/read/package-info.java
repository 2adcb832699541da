/**
 * Reading snapshots back: the latest, by id, at a moment, the history, and which regions there are.
 *
 * <p>{@link io.regionsnap.domain.read.ReadSnapshots} is the use case. That there is nothing, that
 * what is there does not hang together, and that the store could not be read are three different
 * answers.
 */
@NullMarked
package io.regionsnap.domain.read;

import org.jspecify.annotations.NullMarked;
