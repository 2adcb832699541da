package io.regionsnap.adapters.redis;

/** The contract by WATCH and MULTI/EXEC, on a cluster. */
final class ClusterMultiExecModeTest extends ClusterContract {
  ClusterMultiExecModeTest() {
    super(CommitMode.MULTI_EXEC);
  }
}
