/**
 * The control group: stores that break their promise in known ways, behind the same port. The
 * properties must see it; one that does not proves nothing of the others.
 */
@NullMarked
package io.regionsnap.proof.controls;

import org.jspecify.annotations.NullMarked;
