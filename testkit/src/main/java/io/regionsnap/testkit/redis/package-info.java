/**
 * Real Redis servers for tests, with nothing to install.
 *
 * <p>{@link io.regionsnap.testkit.redis.RedisEndpoint} is a server to use as it is: the one that
 * {@code REGIONSNAP_TEST_REDIS_URL} names, a container where a Docker engine answers, or a process.
 * {@link io.regionsnap.testkit.redis.RedisServer} is a process with any options, to be killed and
 * restarted at will, and to be followed by replicas.
 * {@link io.regionsnap.testkit.redis.RedisTlsServer} is one that speaks TLS too,
 * {@link io.regionsnap.testkit.redis.RedisSentinels} a primary and a replica that three sentinels
 * watch, and {@link io.regionsnap.testkit.redis.RedisCluster} six servers that form a cluster.
 * Which {@code redis-server} they run is said by {@link io.regionsnap.testkit.redis.RedisBinary}.
 * {@link io.regionsnap.testkit.redis.RespClient} speaks to them without the client that is under
 * test, and {@link io.regionsnap.testkit.redis.RedisRawKeys} looks behind a store's back with it.
 */
@NullMarked
package io.regionsnap.testkit.redis;

import org.jspecify.annotations.NullMarked;
