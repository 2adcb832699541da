package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.rest.RestOptions;

/** The contract by scripts. */
final class ScriptModeTest extends RestContract {
  ScriptModeTest() {
    super(CommitMode.SCRIPT, RestOptions.UPSTASH);
  }
}
