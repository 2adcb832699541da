/** Tests of the package of the same name. */
@NullMarked
package io.regionsnap.app.store;

import org.jspecify.annotations.NullMarked;
