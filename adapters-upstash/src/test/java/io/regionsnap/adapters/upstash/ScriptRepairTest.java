package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;

/** Audit and repair through REST, by scripts. */
class ScriptRepairTest extends RestRepairContract {
  ScriptRepairTest() {
    super(CommitMode.SCRIPT);
  }
}
