package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.rest.RestOptions;

/** The contract on what people run in front of a Redis of their own. */
final class ServerlessRedisHttpTest extends RestContract {
  ServerlessRedisHttpTest() {
    super(CommitMode.SCRIPT, RestOptions.SERVERLESS_REDIS_HTTP);
  }
}
