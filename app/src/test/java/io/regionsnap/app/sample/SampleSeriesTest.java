package io.regionsnap.app.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SampleSeriesTest {
  private static final OptionalInt ANY = OptionalInt.empty();

  @Test
  void series_beyondTheLimits_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SampleSeries.overDays(91, 1, ANY, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> SampleSeries.overDays(1, 481, ANY, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleSeries(0, 86_400_000, ANY, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleSeries.now(OptionalInt.of(2047), 1, 0));
  }

  @Test
  void samples_areOldestFirstAndNoneAheadOfNow() {
    assertThat(SampleSeries.overDays(2, 24, ANY, 1, 1_000_000_000_000L)
            .samples()
            .filter(sample -> sample.region().equals("latam"))
            .map(Sample::generatedAtMillis))
        .hasSize(48)
        .isSorted()
        .allMatch(millis -> millis <= 1_000_000_000_000L);
    assertThat(SampleSeries.regions()).hasSize(8).contains("sub-saharan-africa");
  }
}
