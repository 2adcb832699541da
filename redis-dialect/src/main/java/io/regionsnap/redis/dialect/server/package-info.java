/**
 * What a server tells of itself, and what that means for what is stored there.
 *
 * <p>{@link io.regionsnap.redis.dialect.server.ServerSight} asks and reads the answers;
 * {@link io.regionsnap.redis.dialect.server.ServerChecks} judges them. Fields are named as Redis
 * 6.2 and 7.0, Valkey 8.0 and the documentation of Upstash name them; one that is missing is
 * reported as not visible, never taken for a value.
 */
@NullMarked
package io.regionsnap.redis.dialect.server;

import org.jspecify.annotations.NullMarked;
