/** Disks that fail under the embedded store. */
@NullMarked
package io.regionsnap.proof.disk;

import org.jspecify.annotations.NullMarked;
