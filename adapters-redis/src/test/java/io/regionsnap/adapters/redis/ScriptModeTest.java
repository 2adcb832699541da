package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;

/** The contract by scripts, on one server. */
final class ScriptModeTest extends StandaloneContract {
  ScriptModeTest() {
    super(CommitMode.SCRIPT);
  }
}
