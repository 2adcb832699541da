/** Tests of what makes drift. */
@NullMarked
package io.regionsnap.testkit.drift;

import org.jspecify.annotations.NullMarked;
