package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;

/** Audit and repair through REST, by plain commands. */
class MultiExecRepairTest extends RestRepairContract {
  MultiExecRepairTest() {
    super(CommitMode.MULTI_EXEC);
  }
}
