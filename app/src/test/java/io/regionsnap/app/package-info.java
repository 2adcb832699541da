/** Tests of the package of the same name. */
@NullMarked
package io.regionsnap.app;

import org.jspecify.annotations.NullMarked;
