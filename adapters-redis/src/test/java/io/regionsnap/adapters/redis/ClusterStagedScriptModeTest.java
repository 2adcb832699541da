package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;

/** The contract by scripts, on a cluster, with every value beside them that can be. */
final class ClusterStagedScriptModeTest extends ClusterContract {
  ClusterStagedScriptModeTest() {
    super(RedisOptions.defaults().withMode(CommitMode.SCRIPT).withStagingFrom(0));
  }
}
