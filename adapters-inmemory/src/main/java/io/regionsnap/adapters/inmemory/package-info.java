/**
 * The transactional port on the heap and in one file.
 *
 * <p>Both public stores, {@link io.regionsnap.adapters.inmemory.InMemoryStore} and
 * {@link io.regionsnap.adapters.inmemory.EmbeddedStore}, are a lock around one {@code Engine},
 * which checks kinds and guards and makes writes. The engine works on a {@code Keyspace}: values,
 * indexes and expiries, laid out in one ordered map of {@code Place} to {@code Content}. That map
 * is a {@code TreeMap} for the one store and an H2 MVStore map for the other ({@code StoreFile},
 * with the stored format in {@code Frame}, {@code PlaceType} and {@code ContentType}).
 */
@NullMarked
package io.regionsnap.adapters.inmemory;

import org.jspecify.annotations.NullMarked;
