package io.regionsnap.proof.upstash;

import io.regionsnap.redis.dialect.CommitMode;

/** {@link RestCutContract}, committing by script. */
class UpstashScriptCutTest extends RestCutContract {
  UpstashScriptCutTest() {
    super(CommitMode.SCRIPT);
  }
}
