package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;

/** The contract by scripts, on a cluster. */
final class ClusterScriptModeTest extends ClusterContract {
  ClusterScriptModeTest() {
    super(CommitMode.SCRIPT);
  }
}
