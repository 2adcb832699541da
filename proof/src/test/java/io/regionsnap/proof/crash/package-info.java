/**
 * Servers and writers that are killed under load, logs that are cut off, primaries that are
 * replaced and slots that move.
 */
@NullMarked
package io.regionsnap.proof.crash;

import org.jspecify.annotations.NullMarked;
