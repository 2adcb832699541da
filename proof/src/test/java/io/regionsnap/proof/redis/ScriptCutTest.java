package io.regionsnap.proof.redis;

import io.regionsnap.redis.dialect.CommitMode;

/** {@link CutContract}, committing by script. */
class ScriptCutTest extends CutContract {
  ScriptCutTest() {
    super(CommitMode.SCRIPT);
  }
}
