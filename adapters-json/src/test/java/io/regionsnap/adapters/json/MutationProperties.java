package io.regionsnap.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.regionsnap.domain.DocumentReader;
import io.regionsnap.domain.DocumentReader.Fields;
import io.regionsnap.domain.DocumentReader.Malformed;
import io.regionsnap.ports.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Documents with one thing wrong: a byte changed, some put in, the end cut off. */
class MutationProperties {
  private final DocumentReader reader = new JacksonDocumentReader();

  @Property(tries = 300)
  void wellFormed_isRead(@ForAll("documents") String document) {
    assertThat(reader.read(Value.utf8(document))).isInstanceOf(Fields.class);
    assertThat(SyntaxScan.firstFault(document.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Property(tries = 1000)
  void truncated_endsTooEarlyAtItsEnd(
      @ForAll("documents") String document, @ForAll @IntRange(min = 1, max = 10_000) int cut) {
    byte[] whole = document.strip().getBytes(StandardCharsets.UTF_8);
    byte[] head = java.util.Arrays.copyOf(whole, cut % whole.length);
    DocumentReader.Result result = reader.read(Value.copyOf(head));
    assertThat(result).isInstanceOf(Malformed.class);
    if (isUtf8(head) && !new String(head, StandardCharsets.UTF_8).isBlank()) {
      Malformed malformed = (Malformed) result;
      assertThat(malformed.problem()).isEqualTo("the document ends too early");
      assertThat(offset(head, malformed)).isEqualTo(head.length);
    }
  }

  @Property(tries = 3000)
  void flipped_isJudgedAsAnIndependentReaderDoes(
      @ForAll("documents") String document,
      @ForAll @IntRange(min = 0, max = 10_000) int place,
      @ForAll byte changed) {
    byte[] mutant = document.getBytes(StandardCharsets.UTF_8);
    int at = place % mutant.length;
    mutant[at] = changed;
    judge(mutant, at);
  }

  @Property(tries = 3000)
  void inserted_isJudgedAsAnIndependentReaderDoes(
      @ForAll("documents") String document,
      @ForAll @IntRange(min = 0, max = 10_000) int place,
      @ForAll("fragments") String fragment) {
    byte[] whole = document.getBytes(StandardCharsets.UTF_8);
    int at = place % (whole.length + 1);
    ByteArrayOutputStream mutant = new ByteArrayOutputStream();
    mutant.write(whole, 0, at);
    mutant.writeBytes(fragment.getBytes(StandardCharsets.UTF_8));
    mutant.write(whole, at, whole.length - at);
    judge(mutant.toByteArray(), at);
  }

  /** What stands before the mutation begins a document, so the fault cannot lie before it. */
  private void judge(byte[] mutant, int firstChange) {
    DocumentReader.Result result = reader.read(Value.copyOf(mutant));
    if (!isHalfPairInKey(result)) {
      assertThat(result instanceof Fields).isEqualTo(isOneObject(mutant));
    }
    if (result instanceof Malformed malformed) {
      boolean earlierByDesign = malformed.problem().startsWith("a key stands twice")
          || malformed.problem().startsWith("a byte sequence")
          || malformed.problem().startsWith("the top level");
      if (!earlierByDesign) {
        assertThat(offset(mutant, malformed)).isBetween(firstChange, mutant.length);
      }
      assertThat(malformed.problem()).isIn(PROBLEMS);
    }
  }

  /** The one thing that the oracle is not strict about. */
  private static boolean isHalfPairInKey(DocumentReader.Result result) {
    return result instanceof Malformed malformed && malformed.problem().contains("surrogate");
  }

  private static final List<String> PROBLEMS = List.of(
      "the document is empty",
      "the document ends too early",
      "the top level is not an object",
      "something follows the document",
      "a value was expected",
      "a value or ] was expected",
      "a key in double quotes was expected",
      "a colon was expected",
      "a comma or ] was expected",
      "a comma or } was expected",
      "a key stands twice in the same object",
      "a string holds a control character",
      "an escape needs four hexadecimal digits",
      "JSON has no such escape",
      "the words of JSON are true, false and null",
      "a number lacks a digit",
      "a number begins with a zero too many",
      "a key holds half of a surrogate pair",
      "a byte sequence is not UTF-8",
      "the document begins with a byte order mark");

  /** The oracle: the JDK's decoder, then Jackson over characters, with its own duplicate check. */
  private static boolean isOneObject(byte[] bytes) {
    if (!isUtf8(bytes)) {
      return false;
    }
    JsonFactory factory = new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    try (JsonParser parser = factory.createParser(new String(bytes, StandardCharsets.UTF_8))) {
      if (parser.nextToken() != com.fasterxml.jackson.core.JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.currentToken() == com.fasterxml.jackson.core.JsonToken.END_OBJECT
          && parser.nextToken() == null;
    } catch (JsonProcessingException notJson) {
      return false;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The way back from line and column, written as differently as possible. */
  private static int offset(byte[] document, Malformed malformed) {
    String latin = new String(document, StandardCharsets.ISO_8859_1);
    int lineStart = 0;
    java.util.regex.Matcher ends = java.util.regex.Pattern.compile("\r\n|\r|\n").matcher(latin);
    for (long line = 1; line < malformed.line(); line++) {
      assertThat(ends.find()).isTrue();
      lineStart = ends.end();
    }
    return lineStart + (int) malformed.column() - 1;
  }

  @Provide
  Arbitrary<String> fragments() {
    return Arbitraries.of(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r",
        "\t",
        "\0",
        "0",
        "-",
        "+",
        ".",
        "e",
        "true",
        "nul",
        "NaN",
        "//",
        "/**/",
        "'",
        "é",
        "😀",
        "\u00a0",
        "\ufeff",
        " ",
        "\"\"",
        "{}",
        "\"a\":1,",
        ",\"a\":1",
        "\\u00",
        "\\ud800",
        "\u2028",
        "\u007f");
  }

  @Provide
  Arbitrary<String> documents() {
    return Combinators.combine(values(3).list().ofMaxSize(4), spaces())
        .as((values, space) -> object(values, space) + space);
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> leaves = Arbitraries.of(
        "null",
        "true",
        "false",
        "0",
        "-0",
        "17",
        "-1.5e+10",
        "1E5",
        "\"\"",
        "\"é😀\"",
        "\"\\u00e9\\n\\\"\\\\\\/\"",
        "\"\\ud800\"",
        "\"text, {with} [brackets]: 1\"");
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<String> inner = values(depth - 1);
    return Arbitraries.oneOf(
        leaves,
        Combinators.combine(inner.list().ofMaxSize(3), spaces())
            .as((items, space) -> "[" + space + String.join(space + ",", items) + "]"),
        Combinators.combine(inner.list().ofMaxSize(3), spaces()).as(MutationProperties::object));
  }

  private static Arbitrary<String> spaces() {
    return Arbitraries.of("", "", " ", "\n", "\r\n", "\r", "\t ");
  }

  private static String object(List<String> values, String space) {
    List<String> keys = List.of("region_id", "meta", "generated_at", "snapshot_id", "\\u0078é");
    StringBuilder object = new StringBuilder("{").append(space);
    for (int i = 0; i < values.size(); i++) {
      object
          .append(i == 0 ? "" : ",")
          .append(space)
          .append('"')
          .append(keys.get(i))
          .append('"');
      object.append(space).append(':').append(space).append(values.get(i)).append(space);
    }
    return object.append('}').toString();
  }
}
