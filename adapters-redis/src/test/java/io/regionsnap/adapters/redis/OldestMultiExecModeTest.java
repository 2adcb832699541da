package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisEndpoint;

/** The contract on the oldest line of Redis that is served. */
final class OldestMultiExecModeTest extends StandaloneContract {
  OldestMultiExecModeTest() {
    super(CommitMode.MULTI_EXEC, () -> RedisEndpoint.open(RedisBinary.OLDEST));
  }
}
