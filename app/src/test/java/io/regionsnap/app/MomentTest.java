package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MomentTest {
  private final Moment.Converter converter = new Moment.Converter();

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T18:00:00Z, 1795370400000",
    "2026-11-22T18:00:00.123Z, 1795370400123",
    "2026-11-22T20:00:00.123999+02:00, 1795370400123",
    "2026-11-22t18:00:00z, 1795370400000",
    "1795370400123, 1795370400123",
    "0, 0",
    "-5, -5",
  })
  void convert_rfc3339OrMilliseconds(String text, long millis) {
    assertThat(converter.convert(text)).isEqualTo(new Moment(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "1795370400, looks like seconds",
    "-1795370400, looks like seconds",
    "1795370400123000, looks like microseconds",
    "2026-11-22T18:00:00, is no time",
    "2026-11-22, is no time",
    "2026-02-30T00:00:00Z, is no time",
    "now, is no time",
    "'', is no time",
    "99999999999999999999, is no time",
  })
  void convert_anythingElse_isRefused(String text, String problem) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(CommandLine.TypeConversionException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void toString_hasMilliseconds() {
    assertThat(new Moment(1795370400000L)).hasToString("2026-11-22T18:00:00.000Z");
    assertThat(new Moment(-1)).hasToString("1969-12-31T23:59:59.999Z");
  }
}
