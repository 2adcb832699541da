package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;

/** The contract by WATCH and MULTI/EXEC, on a cluster. */
final class ClusterMultiExecModeTest extends ClusterContract {
  ClusterMultiExecModeTest() {
    super(CommitMode.MULTI_EXEC);
  }
}
