package io.regionsnap.adapters.redis;

import io.regionsnap.ports.Key;
import io.regionsnap.redis.dialect.Round;
import java.util.Collection;
import java.util.function.Function;

/**
 * Rounds to carry out.
 *
 * @param keys what they are about; decides which node they go to
 * @param first the first of them
 * @param missing what becomes of it if an answer does not come
 * @param nonsense what becomes of it if an answer makes no sense
 */
record Job<R>(
    Collection<Key> keys,
    Round<R> first,
    Function<Answer, R> missing,
    Function<String, R> nonsense) {}
