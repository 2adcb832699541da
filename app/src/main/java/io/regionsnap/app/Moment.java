package io.regionsnap.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine;

/**
 * A moment as users write and read it.
 *
 * @param epochMillis milliseconds since 1970
 */
record Moment(long epochMillis) {
  private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  /** 1973 in milliseconds, 5138 in seconds. */
  private static final long SECONDS_BELOW = 100_000_000_000L;

  /** 1973 in seconds. */
  private static final long SECONDS_FROM = 100_000_000L;

  /** 5138 in milliseconds, 1973 in microseconds. */
  private static final long MICROSECONDS_FROM = 100_000_000_000_000L;

  /** RFC 3339 in UTC, with milliseconds. */
  @Override
  public String toString() {
    return RFC_3339.format(Instant.ofEpochMilli(epochMillis));
  }

  /** Reads RFC 3339 with an offset, or epoch milliseconds. */
  static final class Converter implements CommandLine.ITypeConverter<Moment> {
    @Override
    public Moment convert(String text) {
      return new Moment(text.matches("-?[0-9]{1,18}") ? millis(text) : parsed(text));
    }

    private static long millis(String text) {
      long number = Long.parseLong(text);
      if (Math.abs(number) >= SECONDS_FROM && Math.abs(number) < SECONDS_BELOW) {
        throw new CommandLine.TypeConversionException(
            "'%s' looks like seconds; epoch times are in milliseconds".formatted(text));
      }
      if (Math.abs(number) >= MICROSECONDS_FROM) {
        throw new CommandLine.TypeConversionException(
            "'%s' looks like microseconds; epoch times are in milliseconds".formatted(text));
      }
      return number;
    }

    private static long parsed(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant().toEpochMilli();
      } catch (DateTimeException e) {
        throw new CommandLine.TypeConversionException(
            "'%s' is no time; write 2026-11-22T18:00:00Z, with an offset, or epoch milliseconds"
                .formatted(text));
      }
    }
  }
}
