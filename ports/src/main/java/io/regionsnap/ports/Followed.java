package io.regionsnap.ports;

import java.util.Optional;

/**
 * The answer to {@link Query.Follow}.
 *
 * @param target what the pointer holds; empty if it does not exist
 * @param value what the key named by the pointer holds; empty if there is no pointer, or no such
 *     key, or that key does not hold a value
 * @param top the entry of the index with the highest score; empty if the index is
 */
public record Followed(Optional<Value> target, Optional<Value> value, Optional<IndexEntry> top) {}
