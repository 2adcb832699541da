package io.regionsnap.proof.redis;

import io.regionsnap.proof.history.Environment;
import io.regionsnap.proof.history.HistoryContract;
import io.regionsnap.redis.dialect.CommitMode;

/** {@link HistoryContract} on Redis, committing by script. */
class RedisScriptHistoryProperties extends HistoryContract {
  @Override
  protected Environment open() {
    return RedisEnvironment.of(CommitMode.SCRIPT);
  }
}
