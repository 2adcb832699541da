package io.regionsnap.proof.upstash;

import io.regionsnap.proof.redis.Bench;
import io.regionsnap.proof.redis.CutContract;
import io.regionsnap.redis.dialect.CommitMode;

/**
 * {@link CutContract} over HTTP, after every byte with {@code -Pdeep}; otherwise some of it at
 * steps of a prime number, since a request that carries the text of the script is long.
 */
abstract class RestCutContract extends CutContract {
  private static final int STEP = 61;

  private final int smallStride;

  /** The stride is that of the small snapshot, cut for good. */
  RestCutContract(CommitMode mode, int smallStride) {
    super(mode);
    this.smallStride = smallStride;
  }

  @Override
  protected Bench start() {
    return RestBench.start();
  }

  @Override
  protected int stride(int bytes, boolean fromThenOn) {
    if (Boolean.getBoolean("proof.deep")) {
      return 1;
    }
    return bytes < 100 && fromThenOn ? smallStride : STEP;
  }
}
