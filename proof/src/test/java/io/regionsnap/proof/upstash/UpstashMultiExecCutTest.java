package io.regionsnap.proof.upstash;

import io.regionsnap.redis.dialect.CommitMode;

/** {@link RestCutContract}, committing by reads and then plain commands. */
class UpstashMultiExecCutTest extends RestCutContract {
  UpstashMultiExecCutTest() {
    super(CommitMode.MULTI_EXEC);
  }
}
