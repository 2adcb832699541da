package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.rest.RestOptions;

/** The contract by reads and then plain commands. */
final class MultiExecModeTest extends RestContract {
  MultiExecModeTest() {
    super(CommitMode.MULTI_EXEC, RestOptions.UPSTASH);
  }
}
