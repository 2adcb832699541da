package io.regionsnap.proof.upstash;

import io.regionsnap.proof.history.Environment;
import io.regionsnap.proof.history.HistoryContract;
import io.regionsnap.redis.dialect.CommitMode;

/** {@link HistoryContract} over REST, committing by script. */
class UpstashScriptHistoryProperties extends HistoryContract {
  @Override
  protected Environment open() {
    return new RestEnvironment(CommitMode.SCRIPT);
  }
}
