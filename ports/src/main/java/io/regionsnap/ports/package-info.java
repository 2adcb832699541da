/**
 * The one port that the domain depends on: a store that applies transactions wholly or not at all.
 *
 * <p>Start at {@link io.regionsnap.ports.TransactionalStore}. It takes
 * {@link io.regionsnap.ports.Transaction}s (what must be true: {@link io.regionsnap.ports.Guard};
 * what to do: {@link io.regionsnap.ports.Write}), answers each with a
 * {@link io.regionsnap.ports.CommitResult}, and reads by {@link io.regionsnap.ports.Query}, each
 * answered with a {@link io.regionsnap.ports.ReadResult}. Nothing here knows Redis, HTTP, JSON or
 * snapshots.
 *
 * <p>Two kinds of key exist: a <em>value</em> holds bytes, an <em>index</em> holds members ordered
 * by score (a Redis sorted set). Scores are whole numbers; here they are times in epoch
 * milliseconds, and so is every expiry. Every type of this package is immutable and thread-safe.
 */
@NullMarked
package io.regionsnap.ports;

import org.jspecify.annotations.NullMarked;
