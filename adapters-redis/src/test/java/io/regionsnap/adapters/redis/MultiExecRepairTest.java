package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;

/** Audit and repair on a real server, by plain commands. */
class MultiExecRepairTest extends RedisRepairContract {
  MultiExecRepairTest() {
    super(CommitMode.MULTI_EXEC);
  }
}
