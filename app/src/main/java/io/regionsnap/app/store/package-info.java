/**
 * Which store a run works on.
 *
 * <p>{@link io.regionsnap.app.store.StoreChoice} is what an option, a variable or the default asks
 * for; {@link io.regionsnap.app.store.StoreOpener} opens it.
 */
@NullMarked
package io.regionsnap.app.store;

import org.jspecify.annotations.NullMarked;
