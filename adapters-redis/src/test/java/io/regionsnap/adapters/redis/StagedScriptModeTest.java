package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisEndpoint;

/** The contract by scripts, with every value beside them that can be. */
final class StagedScriptModeTest extends StandaloneContract {
  StagedScriptModeTest() {
    super(
        RedisOptions.defaults().withMode(CommitMode.SCRIPT).withStagingFrom(0),
        RedisEndpoint::open);
  }
}
