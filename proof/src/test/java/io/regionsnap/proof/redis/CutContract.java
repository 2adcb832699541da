package io.regionsnap.proof.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.redis.Breakage.Direction;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.redis.dialect.CommitMode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The connection cut after every byte of the request, and after every byte of the answer, of a
 * small snapshot and of one as large as real ones are.
 */
@SuppressWarnings("NullAway.Init")
abstract class CutContract {
  private static RedisBench bench;

  @BeforeAll
  static void start() {
    bench = RedisBench.start();
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  /** How the store commits. */
  abstract CommitMode mode();

  @ParameterizedTest
  @CsvSource({"10, true", "10, false", "9000, true"})
  void cutAfterEveryByte_isNeverHalfAndTheRetryEndsInOne(int bytes, boolean fromThenOn) {
    CommitMode mode = mode();
    try (TransactionalStore store = bench.open(mode, Duration.ofSeconds(3))) {
      Cuts cuts = new Cuts(bench, store, Ledger.of(RedisBench.name(mode)), bytes);
      for (Direction direction : Direction.values()) {
        long cut = 0;
        while (cuts.cut(direction, cut, fromThenOn)) {
          cut++;
        }
        assertThat(cut).as("%s bytes", direction).isGreaterThan(10);
        if (direction == Direction.REQUEST) {
          assertThat(cut).isGreaterThan(bytes);
        }
      }
    }
  }
}
