package io.regionsnap.proof.redis;

import io.regionsnap.redis.dialect.CommitMode;

/** {@link CutContract}, committing by WATCH and MULTI/EXEC. */
class MultiExecCutTest extends CutContract {
  MultiExecCutTest() {
    super(CommitMode.MULTI_EXEC);
  }
}
