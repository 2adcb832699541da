package io.regionsnap.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.DocumentReader.Field;
import io.regionsnap.domain.DocumentReader.Fields;
import io.regionsnap.domain.DocumentReader.Malformed;
import io.regionsnap.domain.DocumentReader.Missing;
import io.regionsnap.domain.DocumentReader.Numeric;
import io.regionsnap.domain.DocumentReader.Other;
import io.regionsnap.domain.DocumentReader.Text;
import io.regionsnap.domain.DocumentReader.TooLarge;
import io.regionsnap.domain.DocumentReader.Unreachable;
import io.regionsnap.ports.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotParserTest {
  private static final Field REGION = new Text("north-america");
  private static final Field AT = new Numeric("1787184007093");
  private static final Field ID = new Text("01a01dc1655f-9f71ba7e76c8");
  private static final Field REASON = new Text("scheduled_6h");

  @Test
  void parse_allFieldsGood_isTheSnapshotWithItsBytes() {
    Value body = Value.utf8("the body");

    Snapshot snapshot =
        parse(new Fields(REGION, AT, ID, REASON), body).match(parsed -> parsed, this::unexpected);

    assertThat(snapshot)
        .isEqualTo(new Snapshot(
            new Region("north-america"),
            new SnapshotId("01a01dc1655f-9f71ba7e76c8"),
            1787184007093L,
            new TriggerReason("scheduled_6h"),
            body));
    assertThat(snapshot.body()).isSameAs(body);
  }

  @Test
  void parse_malformed_saysWhere() {
    Refusal refusal = refusal(new Malformed("a key is given twice", 3, 14));

    assertThat(refusal.code()).isEqualTo(Refusal.Code.MALFORMED);
    assertThat(refusal.message()).isEqualTo("a key is given twice (line 3, column 14)");
  }

  @Test
  void parse_tooLarge_saysBothSizes() {
    Refusal refusal = refusal(new TooLarge(9, 8));

    assertThat(refusal.code()).isEqualTo(Refusal.Code.TOO_LARGE);
    assertThat(refusal.message()).contains("9 bytes").contains("limit of 8");
  }

  @Test
  void parse_fieldMissing_namesIt() {
    assertThat(refusal(new Fields(new Missing(), AT, ID, REASON)))
        .isEqualTo(new Refusal(Refusal.Code.MISSING_FIELD, "region_id is missing"));
    assertThat(refusal(new Fields(REGION, new Missing(), ID, REASON)))
        .isEqualTo(new Refusal(Refusal.Code.MISSING_FIELD, "generated_at is missing"));
    assertThat(refusal(new Fields(REGION, AT, new Missing(), REASON)))
        .isEqualTo(new Refusal(Refusal.Code.MISSING_FIELD, "meta.snapshot_id is missing"));
    assertThat(refusal(new Fields(REGION, AT, ID, new Missing())))
        .isEqualTo(new Refusal(Refusal.Code.MISSING_FIELD, "meta.trigger_reason is missing"));
  }

  @Test
  void parse_fieldOfAnotherType_saysWhichAndWhatInstead() {
    assertThat(refusal(new Fields(new Numeric("7"), AT, ID, REASON)))
        .isEqualTo(new Refusal(
            Refusal.Code.WRONG_TYPE, "region_id is of type number; it must be a string"));
    assertThat(refusal(new Fields(REGION, new Text("1787184007093"), ID, REASON)))
        .isEqualTo(new Refusal(
            Refusal.Code.WRONG_TYPE,
            "generated_at is of type string; it must be a whole number of milliseconds"));
    assertThat(refusal(new Fields(REGION, AT, new Other("null"), REASON)).message())
        .startsWith("meta.snapshot_id is of type null");
    Unreachable meta = new Unreachable("meta", "string");
    assertThat(refusal(new Fields(REGION, AT, meta, meta)))
        .isEqualTo(
            new Refusal(Refusal.Code.WRONG_TYPE, "meta is of type string; it must be an object"));
    assertThat(refusal(new Fields(REGION, AT, ID, new Other("array"))).message())
        .startsWith("meta.trigger_reason is of type array");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Mena", "1mena", "me na", "mena-", "-mena", "me--na", "mena:", "{mena}", "mé"})
  void parse_badRegion_isRefused(String region) {
    assertThat(refusal(new Fields(new Text(region), AT, ID, REASON)).code())
        .isEqualTo(Refusal.Code.BAD_REGION);
  }

  @Test
  void parse_lengthLimits_areInclusive() {
    String region = "r".repeat(64);
    String id = "i".repeat(128);
    String reason = "x".repeat(64);

    assertThat(parse(new Fields(new Text(region), AT, new Text(id), new Text(reason)), body()))
        .isInstanceOf(SnapshotParser.Parsed.class);
    assertThat(refusal(new Fields(new Text(region + "r"), AT, ID, REASON)).code())
        .isEqualTo(Refusal.Code.BAD_REGION);
    assertThat(refusal(new Fields(REGION, AT, new Text(id + "i"), REASON)).code())
        .isEqualTo(Refusal.Code.BAD_ID);
    assertThat(refusal(new Fields(REGION, AT, ID, new Text(reason + "x"))).code())
        .isEqualTo(Refusal.Code.BAD_TRIGGER_REASON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a b", "a\n", "{a}", "a*", "ä", "a\u0000", "a/b"})
  void parse_idOrReasonThatCouldForgeAKey_isRefused(String text) {
    assertThat(refusal(new Fields(REGION, AT, new Text(text), REASON)).code())
        .isEqualTo(Refusal.Code.BAD_ID);
    assertThat(refusal(new Fields(REGION, AT, ID, new Text(text))).code())
        .isEqualTo(Refusal.Code.BAD_TRIGGER_REASON);
  }

  @ParameterizedTest
  @CsvSource({
    "1787184007093.0, NOT_AN_INTEGER",
    "1.787184007093e12, NOT_AN_INTEGER",
    "1787184007, LOOKS_LIKE_SECONDS",
    "100000000, LOOKS_LIKE_SECONDS",
    "99999999999, LOOKS_LIKE_SECONDS",
    "100000000000000, LOOKS_LIKE_MICROSECONDS",
    "1787184007093000, LOOKS_LIKE_MICROSECONDS",
    "1787184007093000000, LOOKS_LIKE_MICROSECONDS",
    "99999999999999999999999999, LOOKS_LIKE_MICROSECONDS",
    "9999999999999999999999999999999999999999999999999, LOOKS_LIKE_MICROSECONDS"
  })
  void parse_generatedAtInAnotherUnit_isRefused(String literal, Refusal.Code code) {
    assertThat(refusal(new Fields(REGION, new Numeric(literal), ID, REASON)).code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "100000000000, 100000000000",
    "99999999999999, 99999999999999",
    "0, 0",
    "-1, -1",
    "99999999, 99999999",
    "-100000000001, -100000000000",
    "-999999999999999, -100000000000",
    "-99999999999999999999999999, -100000000000"
  })
  void parse_generatedAtThatIsOnlyOldOrFarAhead_isForThePolicyToJudge(String literal, long millis) {
    assertThat(parse(new Fields(REGION, new Numeric(literal), ID, REASON), body())
            .<Object>match(Snapshot::generatedAtMillis, refusal -> refusal))
        .isEqualTo(millis);
  }

  @Test
  void refusal_quotesHostileTextOnOneShortLine() {
    String hostile = "\u001b[31m\n\u202e" + "x".repeat(500);

    String message = refusal(new Fields(new Text(hostile), AT, ID, REASON)).message();

    assertThat(message).startsWith("region_id is \"?[31m??xxx").contains("…\"");
    assertThat(message.length()).isLessThan(250);
  }

  private static SnapshotParser.Result parse(DocumentReader.Result read, Value body) {
    return new SnapshotParser(document -> read).parse(body);
  }

  private static Refusal refusal(DocumentReader.Result read) {
    return parse(read, body())
        .match(
            snapshot -> {
              throw new AssertionError("parsed: " + snapshot);
            },
            refusal -> refusal);
  }

  private static Value body() {
    return Value.utf8("body");
  }

  private Snapshot unexpected(Refusal refusal) {
    throw new AssertionError(refusal);
  }
}
