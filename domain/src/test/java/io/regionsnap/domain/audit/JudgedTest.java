package io.regionsnap.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.Key;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgedTest {
  private final Judged judged = new Judged();

  private static Key key(int number) {
    return new Key("snapshot:ts:{mena}:" + (1_787_184_007_093L + number * 60_000L));
  }

  private long known(int from, int to) {
    return IntStream.range(from, to).filter(i -> judged.contains(key(i))).count();
  }

  @Test
  void neverAdded_isNotKnown() {
    assertThat(known(0, 1000)).isZero();
    IntStream.range(0, 100_000).forEach(i -> judged.add(key(i)));
    assertThat(known(100_000, 200_000)).isZero();
  }

  @Test
  void added_isMostlyKnown() {
    IntStream.range(0, 100_000).forEach(i -> judged.add(key(i)));
    assertThat(known(0, 100_000)).isGreaterThan(90_000);
  }

  @Test
  void moreThanItHolds_theLastAreKnown() {
    IntStream.range(0, 700_000).forEach(i -> judged.add(key(i)));
    assertThat(known(699_000, 700_000)).isGreaterThan(990);
    assertThat(known(0, 700_000)).isLessThan(1 << 19);
  }
}
