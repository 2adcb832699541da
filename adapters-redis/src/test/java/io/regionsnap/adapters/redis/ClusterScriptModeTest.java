package io.regionsnap.adapters.redis;

/** The contract by scripts, on a cluster. */
final class ClusterScriptModeTest extends ClusterContract {
  ClusterScriptModeTest() {
    super(CommitMode.SCRIPT);
  }
}
