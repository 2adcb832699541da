package io.regionsnap.app.store;

import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.adapters.upstash.UpstashOptions;

/**
 * How stores that are servers are used.
 *
 * @param redis a Redis server
 * @param upstash an Upstash server
 * @param token its token
 */
public record Servers(RedisOptions redis, UpstashOptions upstash, RestToken token) {}
