package io.regionsnap.domain;

import io.regionsnap.domain.DocumentReader.Field;
import io.regionsnap.ports.Value;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a {@link Snapshot} of a document, or says why it is none. Knows what the fields may hold;
 * whether the time is acceptable now is for {@link Policy}. Thread-safe.
 */
public final class SnapshotParser {
  /**
   * 1973-03-03 in milliseconds, 5138 in seconds: nothing real is below in one, above in the other.
   */
  private static final long SECONDS_BELOW = 100_000_000_000L;

  /** 1973 in seconds; what is lower still is simply old. */
  private static final long SECONDS_FROM = 100_000_000L;

  /** 5138 in milliseconds, 1973 in microseconds. */
  private static final long MICROSECONDS_FROM = 100_000_000_000_000L;

  /** Digits of a number that is as long as the first of those, and so fits a long. */
  private static final int MOST_DIGITS = 15;

  private final DocumentReader reader;

  /**
   * A parser.
   *
   * @param reader reads JSON
   */
  public SnapshotParser(DocumentReader reader) {
    this.reader = reader;
  }

  /** What became of parsing. */
  public sealed interface Result {
    /**
     * Calls the function of the case that this result is.
     *
     * @param parsed for {@link Parsed}
     * @param refused for {@link Refused}
     * @param <R> what they return
     * @return what the function returned
     */
    default <R> R match(
        Function<? super Snapshot, ? extends R> parsed,
        Function<? super Refusal, ? extends R> refused) {
      return this instanceof Parsed result
          ? parsed.apply(result.snapshot())
          : refused.apply(((Refused) this).refusal());
    }
  }

  /**
   * The document is a snapshot.
   *
   * @param snapshot the snapshot
   */
  public record Parsed(Snapshot snapshot) implements Result {}

  /**
   * The document is no snapshot.
   *
   * @param refusal why
   */
  public record Refused(Refusal refusal) implements Result {}

  /**
   * Parses a document.
   *
   * @param document its bytes, kept as the snapshot's body
   * @return the snapshot, or why it is none: {@link Refusal.Code#MALFORMED} to
   *     {@link Refusal.Code#LOOKS_LIKE_MICROSECONDS}
   */
  public Result parse(Value document) {
    try {
      return new Parsed(snapshot(fields(document), document));
    } catch (RefusedException refused) {
      return new Refused(refused.refusal);
    }
  }

  private DocumentReader.Fields fields(Value document) {
    DocumentReader.Result result = reader.read(document);
    if (result instanceof DocumentReader.Malformed malformed) {
      throw refuse(
          Refusal.Code.MALFORMED,
          "%s (line %d, column %d)"
              .formatted(malformed.problem(), malformed.line(), malformed.column()));
    }
    if (result instanceof DocumentReader.TooLarge tooLarge) {
      throw new RefusedException(Refusal.tooLarge(tooLarge.size(), tooLarge.limit()));
    }
    return (DocumentReader.Fields) result;
  }

  private static Snapshot snapshot(DocumentReader.Fields fields, Value document) {
    return new Snapshot(
        new Region(text(
            "region_id",
            fields.regionId(),
            Region::isName,
            Refusal.Code.BAD_REGION,
            "lower-case words joined by hyphens, at most 64 characters, such as north-america")),
        new SnapshotId(text(
            "meta.snapshot_id",
            fields.snapshotId(),
            SnapshotId::isId,
            Refusal.Code.BAD_ID,
            "1 to 128 of A-Z a-z 0-9 . _ -")),
        generatedAt(fields.generatedAt()),
        new TriggerReason(text(
            "meta.trigger_reason",
            fields.triggerReason(),
            TriggerReason::isReason,
            Refusal.Code.BAD_TRIGGER_REASON,
            "1 to 64 of A-Z a-z 0-9 . _ -")),
        document);
  }

  private static String text(
      String name, Field field, Predicate<String> accepts, Refusal.Code code, String accepted) {
    if (!(field instanceof DocumentReader.Text text)) {
      throw wrongType(name, "a string", field);
    }
    if (!accepts.test(text.text())) {
      throw refuse(
          code, "%s is %s; it must be %s".formatted(name, Quoted.of(text.text()), accepted));
    }
    return text.text();
  }

  private static long generatedAt(Field field) {
    if (!(field instanceof DocumentReader.Numeric number)) {
      throw wrongType("generated_at", "a whole number of milliseconds", field);
    }
    String literal = number.literal();
    if (!isWhole(literal)) {
      throw refuse(
          Refusal.Code.NOT_AN_INTEGER,
          "generated_at is %s; it must be a whole number of milliseconds"
              .formatted(Quoted.of(literal)));
    }
    long millis = millis(literal);
    if (millis >= MICROSECONDS_FROM) {
      throw refuse(
          Refusal.Code.LOOKS_LIKE_MICROSECONDS,
          "generated_at %s looks like microseconds or less; it must be in milliseconds"
              .formatted(Quoted.of(literal)));
    }
    if (millis >= SECONDS_FROM && millis < SECONDS_BELOW) {
      throw refuse(
          Refusal.Code.LOOKS_LIKE_SECONDS,
          "generated_at %s looks like seconds; it must be in milliseconds"
              .formatted(Quoted.of(literal)));
    }
    return millis;
  }

  /** Of a number of JSON: whether it has neither fraction nor exponent. */
  private static boolean isWhole(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char character = literal.charAt(i);
      if (character != '-' && (character < '0' || character > '9')) {
        return false;
      }
    }
    return true;
  }

  /** The number, if it is not so far from any time of day that it does not matter which. */
  private static long millis(String literal) {
    boolean negative = literal.startsWith("-");
    if (literal.length() > MOST_DIGITS + (negative ? 1 : 0)) {
      return negative ? -SECONDS_BELOW : MICROSECONDS_FROM;
    }
    return Math.max(-SECONDS_BELOW, Long.parseLong(literal));
  }

  private static RefusedException wrongType(String name, String wanted, Field field) {
    if (field instanceof DocumentReader.Missing) {
      return refuse(Refusal.Code.MISSING_FIELD, name + " is missing");
    } else if (field instanceof DocumentReader.Unreachable unreachable) {
      return wrongType(unreachable.holder(), unreachable.type(), "an object");
    } else if (field instanceof DocumentReader.Other other) {
      return wrongType(name, other.type(), wanted);
    }
    return wrongType(name, field instanceof DocumentReader.Text ? "string" : "number", wanted);
  }

  private static RefusedException wrongType(String name, String found, String wanted) {
    return refuse(
        Refusal.Code.WRONG_TYPE, "%s is of type %s; it must be %s".formatted(name, found, wanted));
  }

  private static RefusedException refuse(Refusal.Code code, String message) {
    return new RefusedException(new Refusal(code, message));
  }

  /** Ends parsing at the first thing that is wrong; never leaves this class. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
      super(refusal.message(), null, false, false);
      this.refusal = refusal;
    }
  }
}
