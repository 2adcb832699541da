/**
 * What a regional snapshot is, where it is kept, and for how long.
 *
 * <p>{@link io.regionsnap.domain.Snapshot} is the thing itself;
 * {@link io.regionsnap.domain.SnapshotParser} makes one of a JSON document, with the help of a
 * {@link io.regionsnap.domain.DocumentReader} that knows JSON;
 * {@link io.regionsnap.domain.KeyLayout} names its keys and {@link io.regionsnap.domain.Policy}
 * sets its times. Persisting, reading and the invariants have packages of their own below this one.
 */
@NullMarked
package io.regionsnap.domain;

import org.jspecify.annotations.NullMarked;
