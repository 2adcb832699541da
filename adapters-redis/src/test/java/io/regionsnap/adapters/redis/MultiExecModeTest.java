package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;

/** The contract by WATCH and MULTI/EXEC, on one server. */
final class MultiExecModeTest extends StandaloneContract {
  MultiExecModeTest() {
    super(CommitMode.MULTI_EXEC);
  }
}
