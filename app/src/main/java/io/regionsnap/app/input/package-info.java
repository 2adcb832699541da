/**
 * Where documents to persist come from.
 *
 * <p>{@link io.regionsnap.app.input.Sources} makes of the operands of a command a list of
 * {@link io.regionsnap.app.input.Source}; {@link io.regionsnap.app.input.Feed} reads them in a
 * thread of its own and hands over one {@link io.regionsnap.app.input.Item} after another, so that
 * memory stays bounded however long the input is and nobody has to wait in a read that cannot be
 * interrupted. {@code Documents} splits a stream into documents.
 */
@NullMarked
package io.regionsnap.app.input;

import org.jspecify.annotations.NullMarked;
