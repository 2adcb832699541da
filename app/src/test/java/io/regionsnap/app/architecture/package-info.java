/** Rules on who may depend on whom, and for each one a violation that proves it can fail. */
@NullMarked
package io.regionsnap.app.architecture;

import org.jspecify.annotations.NullMarked;
