package io.regionsnap.proof.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.redis.Breakage.Direction;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.redis.dialect.CommitMode;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The connection cut after every byte of the request, and after every byte of the answer, of a
 * small snapshot and of one as large as real ones are.
 */
public abstract class CutContract {
  /** A prime number, so that cuts fall on all places of what repeats itself. */
  protected static final int STEP = 61;

  /** Less than the larger snapshot has. */
  protected static final int SMALL = 100;

  private final CommitMode mode;

  /**
   * The contract of a store.
   *
   * @param mode how it commits
   */
  protected CutContract(CommitMode mode) {
    this.mode = mode;
  }

  /**
   * The store's server.
   *
   * @return a bench of its own; closed here
   */
  protected Bench start() {
    return RedisBench.start();
  }

  /**
   * How many bytes further each cut is.
   *
   * @param bytes about how large the snapshot is
   * @param fromThenOn whether every connection is refused after the cut
   * @return 1 for every byte
   */
  protected int stride(int bytes, boolean fromThenOn) {
    return isDeep() || bytes < SMALL || fromThenOn ? 1 : STEP;
  }

  /**
   * Whether every byte is cut, however long it takes.
   *
   * @return whether the profile is the deep one
   */
  protected static boolean isDeep() {
    return Boolean.getBoolean("proof.deep");
  }

  @ParameterizedTest
  @CsvSource({"10, true", "10, false", "9000, true", "9000, false"})
  void cutAfterEveryByte_isNeverHalfAndTheRetryEndsInOne(int bytes, boolean fromThenOn) {
    try (Bench bench = start();
        TransactionalStore store = bench.open(mode, Duration.ofSeconds(3))) {
      Cuts cuts = new Cuts(bench, store, Ledger.of(bench.nameOf(mode)), bytes);
      for (Direction direction : Direction.values()) {
        int stride = stride(bytes, fromThenOn);
        long cut = 0;
        while (cuts.cut(direction, cut, fromThenOn)) {
          cut += stride;
        }
        assertThat(cut).as("%s bytes", direction).isGreaterThan(10);
        if (direction == Direction.REQUEST) {
          assertThat(cut).isGreaterThan(bytes);
        }
      }
    }
  }
}
