package io.regionsnap.proof.redis;

import io.regionsnap.proof.history.Environment;
import io.regionsnap.proof.history.HistoryContract;
import io.regionsnap.redis.dialect.CommitMode;

/** {@link HistoryContract} on Redis, committing by WATCH and MULTI/EXEC. */
class RedisMultiExecHistoryProperties extends HistoryContract {
  @Override
  protected Environment open() {
    return RedisEnvironment.of(CommitMode.MULTI_EXEC);
  }
}
