/**
 * Tests of the two stores: the contract on both ({@code InMemoryStoreTest},
 * {@code EmbeddedStoreTest}), and what only a file can get wrong: opening, locking, foreign and
 * damaged files, failing disks, space.
 */
@NullMarked
package io.regionsnap.adapters.inmemory;

import org.jspecify.annotations.NullMarked;
