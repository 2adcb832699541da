package io.regionsnap.proof.upstash;

import io.regionsnap.proof.redis.Bench;
import io.regionsnap.proof.redis.CutContract;
import io.regionsnap.redis.dialect.CommitMode;

/**
 * {@link CutContract} over HTTP: every byte of the small snapshot, cut for good, and every byte of
 * all with {@code -Pdeep}; otherwise at steps, since requests carry the text of a script, or some
 * dozens of commands.
 */
abstract class RestCutContract extends CutContract {
  private static final int SMALL_STEP = 7;

  RestCutContract(CommitMode mode) {
    super(mode);
  }

  @Override
  protected Bench start() {
    return RestBench.start();
  }

  @Override
  protected int stride(int bytes, boolean fromThenOn) {
    if (bytes >= SMALL) {
      return isDeep() ? 1 : STEP;
    }
    return isDeep() || fromThenOn ? 1 : SMALL_STEP;
  }
}
