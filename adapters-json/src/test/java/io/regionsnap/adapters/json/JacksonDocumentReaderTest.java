package io.regionsnap.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.ContentReference;
import io.regionsnap.domain.DocumentReader;
import io.regionsnap.domain.DocumentReader.Fields;
import io.regionsnap.domain.DocumentReader.Malformed;
import io.regionsnap.domain.DocumentReader.Missing;
import io.regionsnap.domain.DocumentReader.Numeric;
import io.regionsnap.domain.DocumentReader.Other;
import io.regionsnap.domain.DocumentReader.Text;
import io.regionsnap.domain.DocumentReader.TooLarge;
import io.regionsnap.domain.DocumentReader.Unreachable;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.ports.Value;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonDocumentReaderTest {
  private static final String SECRET = "hunter2";

  private final DocumentReader reader = new JacksonDocumentReader();

  private DocumentReader.Result read(String document) {
    return reader.read(Value.utf8(document));
  }

  private Fields fields(String document) {
    DocumentReader.Result result = read(document);
    assertThat(result).isInstanceOf(Fields.class);
    return (Fields) result;
  }

  @Test
  void read_snapshot_givesTheFourFields() {
    assertThat(read(
            "{\"region_id\":\"mena\",\"generated_at\":1787205608805,\"meta\":{\"snapshot_id\":\"01-a\","
                + "\"trigger_reason\":\"scheduled_6h\"},\"evidence\":[{\"region_id\":\"no\"}]}"))
        .isEqualTo(new Fields(
            new Text("mena"),
            new Numeric("1787205608805"),
            new Text("01-a"),
            new Text("scheduled_6h")));
  }

  @Test
  void read_anyOrderAndEscapedKeys_givesTheFourFields() {
    assertThat(read(
            " {\"a\":[],\"meta\":{\"x\":{\"snapshot_id\":1},\"trigger\\u005freason\":\"r\",\"y\":[[]],"
                + "\"snapshot_id\":\"i\"},\"generated_at\":-0,\"region_id\":\"\\u00e9\\n\"}\n"))
        .isEqualTo(new Fields(new Text("é\n"), new Numeric("-0"), new Text("i"), new Text("r")));
  }

  @Test
  void read_fieldsOfOtherObjects_areNotTheirs() {
    assertThat(
            read(
                "{\"snapshot_id\":\"a\",\"trigger_reason\":\"b\",\"x\":{\"region_id\":\"c\",\"generated_at\":1,"
                    + "\"meta\":{\"snapshot_id\":\"d\"}},\"y\":[{\"meta\":{\"trigger_reason\":\"e\"}}],"
                    + "\"meta\":{\"region_id\":\"f\",\"meta\":{\"snapshot_id\":\"g\"}},\"z\":{\"snapshot_id\":\"h\"}}"))
        .isEqualTo(new Fields(new Missing(), new Missing(), new Missing(), new Missing()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null|null",
        "true|boolean",
        "false|boolean",
        "{}|object",
        "[]|array",
        "[1,{\"a\":2}]|array"
      })
  void read_valueOfAnotherType_isNamed(String json, String type) {
    Other other = new Other(type);
    assertThat(read(
            "{\"region_id\":%1$s,\"generated_at\":%1$s,\"meta\":{\"snapshot_id\":%1$s,\"trigger_reason\":%1$s}}"
                .formatted(json)))
        .isEqualTo(new Fields(other, other, other, other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null|null",
        "true|boolean",
        "[]|array",
        "[{\"snapshot_id\":\"x\"}]|array",
        "'\"text\"'|string",
        "1.5|number"
      })
  void read_metaOfAnotherType_itsFieldsHaveThatType(String json, String type) {
    Fields fields = fields("{\"meta\":%s,\"region_id\":\"r\"}".formatted(json.replace("'", "")));
    assertThat(fields.snapshotId()).isEqualTo(new Unreachable("meta", type));
    assertThat(fields.triggerReason()).isEqualTo(new Unreachable("meta", type));
    assertThat(fields.regionId()).isEqualTo(new Text("r"));
  }

  @Test
  void read_noMeta_itsFieldsAreMissing() {
    assertThat(read("{}"))
        .isEqualTo(new Fields(new Missing(), new Missing(), new Missing(), new Missing()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.50", "1E5", "1e+05", "-0.0e-0"})
  void read_number_isGivenAsWritten(String literal) {
    assertThat(fields("{\"generated_at\":%s }".formatted(literal)).generatedAt())
        .isEqualTo(new Numeric(literal));
  }

  @Test
  void read_numberOfTenThousandDigits_isGivenAsWritten() {
    String literal = "9".repeat(10_000);
    assertThat(fields("{\"generated_at\":" + literal + "}").generatedAt())
        .isEqualTo(new Numeric(literal));
  }

  @Test
  void read_loneSurrogateEscapes_areRefusedByTheParserOnly() {
    String lone = "\"\\ud800\"";
    String document =
        "{\"region_id\":%1$s,\"generated_at\":1,\"meta\":{\"snapshot_id\":%1$s,\"trigger_reason\":%1$s}}"
            .formatted(lone);
    assertThat(fields(document).snapshotId()).isEqualTo(new Text("\ud800"));
    assertThat(new SnapshotParser(reader).parse(Value.utf8(document)))
        .isInstanceOfSatisfying(
            SnapshotParser.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.BAD_REGION));
  }

  /** ~ is a line feed, ^ a carriage return; the document is JSON up to the place given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "``|1|1|the document is empty",
        " ~ |2|2|the document is empty",
        "[]|1|1|the top level is not an object",
        " ~\"{}\"|2|1|the top level is not an object",
        "12|1|1|the top level is not an object",
        "{|1|2|the document ends too early",
        "{\"a\"|1|5|the document ends too early",
        "{\"a\":|1|6|the document ends too early",
        "{\"a\":1|1|7|the document ends too early",
        "{\"a\":1.|1|8|the document ends too early",
        "{\"a\":-|1|7|the document ends too early",
        "{\"a\":tr|1|8|the document ends too early",
        "{\"a\":\"b|1|8|the document ends too early",
        "{\"a\":\"\\|1|8|the document ends too early",
        "{\"a\":\"\\u1|1|10|the document ends too early",
        "{\"a\":1,~  \"b\"~|3|1|the document ends too early",
        "{\"a\":1}x|1|8|something follows the document",
        "{\"a\":1}~~{}|3|1|something follows the document",
        "{\"a\":1}]|1|8|something follows the document",
        "{\"a\":tru x}|1|9|the words of JSON are true, false and null",
        "{\"a\":nulL}|1|9|the words of JSON are true, false and null",
        "{\"a\":fa}|1|8|the words of JSON are true, false and null",
        "{\"a\":truex}|1|10|a comma or } was expected",
        "{\"a\":NaN}|1|6|a value was expected",
        "{\"a\":Infinity}|1|6|a value was expected",
        "{\"a\":-Infinity}|1|7|a number lacks a digit",
        "{\"a\":+1}|1|6|a value was expected",
        "{\"a\":.5}|1|6|a value was expected",
        "{\"a\":01}|1|7|a number begins with a zero too many",
        "{\"a\":-01}|1|8|a number begins with a zero too many",
        "{\"a\":1.}|1|8|a number lacks a digit",
        "{\"a\":1e+}|1|9|a number lacks a digit",
        "{\"a\":1.5x}|1|9|a comma or } was expected",
        "{\"a\":[1 2]}|1|9|a comma or ] was expected",
        "{\"a\":[1}|1|8|a comma or ] was expected",
        "{\"a\":1]|1|7|a comma or } was expected",
        "{\"a\":[}|1|7|a value or ] was expected",
        "{\"a\":[1,]}|1|9|a value was expected",
        "{\"a\":1,}|1|8|a key in double quotes was expected",
        "{,}|1|2|a key in double quotes was expected",
        "{'a':1}|1|2|a key in double quotes was expected",
        "{a:1}|1|2|a key in double quotes was expected",
        "{\"a\":'x'}|1|6|a value was expected",
        "{\"a\" 1}|1|6|a colon was expected",
        "{\"a\":/*x*/1}|1|6|a value was expected",
        "{//x~\"a\":1}|1|2|a key in double quotes was expected",
        "{\"a\":\"\\q\"}|1|8|JSON has no such escape",
        "{\"\\q\":1}|1|4|JSON has no such escape",
        "{\"a\":\"\\u12G4\"}|1|11|an escape needs four hexadecimal digits",
        "{\"a\":\"x~y\"}|1|8|a string holds a control character",
        "{\"a\":\"x\ty\"}|1|8|a string holds a control character",
        "{\"a\":é}|1|6|a value was expected",
        "{\"é\":\"ü\" x}|1|12|a comma or } was expected",
        "{~^~^ x}|4|2|a key in double quotes was expected",
        "{\"a\":1,\"a\":2}|1|8|a key stands twice in the same object",
        "{\"a\":1,~ \"\\u0061\":2}|2|2|a key stands twice in the same object",
        "{\"x\":[{\"b\":1,\"c\":[{}],\"b\":2}]}|1|23|a key stands twice in the same object",
        "{\"\\ud83d\\ude00\":1,~\"\\ud83dx\":1}|2|8|a key holds half of a surrogate pair",
        "{\"\\ude00\":1}|1|9|a key holds half of a surrogate pair",
        "{\"a\":1,\"\":2,\"\":3}|1|13|a key stands twice in the same object",
      })
  void read_notJson_saysWhatAndWhere(String document, long line, long column, String problem) {
    assertThat(read(document.replace('~', '\n').replace('^', '\r')))
        .isEqualTo(new Malformed(problem, line, column));
  }

  @ParameterizedTest
  @CsvSource({
    "80, a lone continuation byte",
    "C0AF, an overlong slash",
    "E0809F, an overlong form of three bytes",
    "F08082AC, an overlong form of four bytes",
    "EDA080, a surrogate",
    "EDBFBF, a low surrogate",
    "F4908080, above U+10FFFF",
    "F5808080, no first byte",
    "FF, no byte of UTF-8",
    "E282, cut short",
    "F09F98, cut short",
  })
  void read_notUtf8_saysWhere(String hex, String why) {
    byte[] bad = HexFormat.of().parseHex(hex);
    assertThat(read(bytes("{\"é\":1,\n\"s\":\"é", bad, "\"}")))
        .as(why + ", in a string")
        .isEqualTo(new Malformed("a byte sequence is not UTF-8", 2, 8));
    assertThat(read(bytes("{\"", bad, "\":1}")))
        .as(why + ", in a key")
        .isEqualTo(new Malformed("a byte sequence is not UTF-8", 1, 3));
    assertThat(read(bytes("{}", bad, "")))
        .as(why + ", at the end")
        .isEqualTo(new Malformed("a byte sequence is not UTF-8", 1, 3));
  }

  @Test
  void read_notUtf8FarIntoALargeDocument_saysWhere() {
    String head = "{\"s\":\"" + "aé".repeat(50_000);
    assertThat(read(bytes(head, new byte[] {(byte) 0xC0}, "\"}")))
        .isEqualTo(new Malformed("a byte sequence is not UTF-8", 1, 150_007));
  }

  @Test
  void read_byteOrderMark_isRefused() {
    assertThat(read("\ufeff{}"))
        .isEqualTo(new Malformed("the document begins with a byte order mark", 1, 1));
    assertThat(read(bytes("", new byte[] {(byte) 0xEF, (byte) 0xBB}, "")))
        .isEqualTo(new Malformed("a byte sequence is not UTF-8", 1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void read_otherEncoding_isRefused(String charset) {
    Value document = Value.copyOf("{\"region_id\":\"mena\"}".getBytes(Charset.forName(charset)));
    assertThat(reader.read(document)).isInstanceOf(Malformed.class);
  }

  @Test
  void read_nesting_isLimited() {
    DocumentReader shallow = new JacksonDocumentReader(1000, 3);
    assertThat(shallow.read(Value.utf8("{\"a\":[{}],\"b\":[[]]}"))).isInstanceOf(Fields.class);
    assertThat(shallow.read(Value.utf8("{\"a\":[{\"b\":\n[]}]}")))
        .isEqualTo(new Malformed("the document is nested deeper than 3", 2, 1));
    assertThat(new JacksonDocumentReader(10, 1).read(Value.utf8("{\"a\":{}}")))
        .isEqualTo(new Malformed("the document is nested deeper than 1", 1, 6));
  }

  @Test
  void read_nestingByDefault_isLimitedToAThousand() {
    assertThat(read("{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}"))
        .isInstanceOf(Fields.class);
    assertThat(read("{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}"))
        .isEqualTo(new Malformed("the document is nested deeper than 1000", 1, 1005));
    assertThat(new JacksonDocumentReader(100_000, Integer.MAX_VALUE)
            .read(Value.utf8("{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}")))
        .isInstanceOf(Fields.class);
  }

  @Test
  void read_size_isLimited() {
    DocumentReader small = new JacksonDocumentReader(10, 10);
    assertThat(small.read(Value.utf8("{\"a\":1234}"))).isInstanceOf(Fields.class);
    assertThat(small.read(Value.utf8("{\"a\":12345}"))).isEqualTo(new TooLarge(11, 10));
    assertThat(small.read(Value.utf8("?".repeat(11)))).isEqualTo(new TooLarge(11, 10));
  }

  @Test
  void read_sizeByDefault_isLimitedTo8MiB() {
    String head = "{\"a\":\"";
    String fill = "x".repeat(8 * 1024 * 1024 - head.length() - 2);
    assertThat(read(head + fill + "\"}")).isInstanceOf(Fields.class);
    assertThat(read(head + fill + "y\"}")).isEqualTo(new TooLarge(8_388_609, 8_388_608));
  }

  @Test
  void limits_notPositive_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new JacksonDocumentReader(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new JacksonDocumentReader(1, 0));
  }

  /** Wherever the secret stands, what is wrong with the document is said without it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":hunter2}",
        "{\"a\":\"hunter2\\q\"}",
        "{hunter2:1}",
        "{\"hunter2\":1,\"hunter2\":2}",
        "{\"hunter2\" 1}",
        "hunter2",
        "{}hunter2",
        "{\"a\":\"hunter2"
      })
  void read_notJson_quotesNothing(String document) {
    assertThat(read(document)).isInstanceOf(Malformed.class);
    assertThat(read(document).toString()).doesNotContain(SECRET);
  }

  /**
   * Names made to collide in Jackson's table of names end in a refusal, not in hours or a crash.
   */
  @Test
  void unexplained_refusalByJackson_keepsThePlaceAndNoWords() {
    JsonLocation place = new JsonLocation(ContentReference.unknown(), 3, 1, 1, 4);
    MalformedException fault =
        JacksonDocumentReader.unexplained(new StreamConstraintsException(SECRET, place));
    assertThat(fault.in("{ }x".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Malformed("the document is beyond the limits of the JSON parser", 1, 4));
  }

  private DocumentReader.Result read(byte[] document) {
    return reader.read(Value.copyOf(document));
  }

  private static byte[] bytes(String head, byte[] middle, String tail) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(middle);
    bytes.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
