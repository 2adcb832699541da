/** Tests of the package of the same name. */
@NullMarked
package io.regionsnap.app.sample;

import org.jspecify.annotations.NullMarked;
