/** Tests of the package of the same name. */
@NullMarked
package io.regionsnap.app.input;

import org.jspecify.annotations.NullMarked;
