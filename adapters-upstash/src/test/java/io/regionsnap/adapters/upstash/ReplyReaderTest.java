package io.regionsnap.adapters.upstash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings in base64 and in text, and how the two are told apart. */
class ReplyReaderTest {
  private static final String BASE64_TIME = "{\"result\":[\"MTc4NzE4NDAwNw==\",\"MTI=\"]}";
  private static final String TEXT_TIME = "{\"result\":[\"1787184007\",\"12\"]}";

  private static Body read(String time, String result) throws IOException {
    String json = "[" + time + ",{\"result\":" + result + "}]";
    return ReplyReader.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), 2, true);
  }

  private static Reply one(Body body) {
    assertThat(body).isInstanceOf(Body.Items.class);
    return ((Body.Items) body).replies().get(0);
  }

  private static Reply bulk(String text) {
    return new Reply.Bulk(Value.utf8(text));
  }

  @Test
  void base64_isDecoded_andOkIsOk() throws IOException {
    assertThat(one(read(BASE64_TIME, "\"xIU=\""))).isEqualTo(bulk("ą"));
    assertThat(one(read(BASE64_TIME, "\"w/8=\"")))
        .isEqualTo(new Reply.Bulk(Value.copyOf(new byte[] {(byte) 0xC3, (byte) 0xFF})));
    assertThat(one(read(BASE64_TIME, "\"\""))).isEqualTo(bulk(""));
    assertThat(one(read(BASE64_TIME, "\"OK\""))).isEqualTo(bulk("OK"));
    assertThat(one(read(BASE64_TIME, "\"T0s=\""))).isEqualTo(bulk("OK"));
    assertThat(one(read(BASE64_TIME, "[\"OK\",\"YQ==\"]")))
        .isEqualTo(new Reply.Many(java.util.List.of(bulk("OK"), bulk("a"))));
  }

  @Test
  void text_isTakenAsItIs_alsoWhatLooksLikeBase64() throws IOException {
    assertThat(one(read(TEXT_TIME, "\"abcd1234\""))).isEqualTo(bulk("abcd1234"));
    assertThat(one(read(TEXT_TIME, "\"Łódź \\\"\\n\""))).isEqualTo(bulk("Łódź \"\n"));
    assertThat(one(read(TEXT_TIME, "\"OK\""))).isEqualTo(bulk("OK"));
  }

  @Test
  void text_thatMayHaveLostBytes_isNoValue() throws IOException {
    assertThat(one(read(TEXT_TIME, "\"a\\ufffd\""))).isInstanceOf(Reply.Failure.class);
    assertThat(one(read(BASE64_TIME, "\"77+9\""))).isEqualTo(bulk("\uFFFD"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"NOPERM no 'time' for you\"}",
        "{\"result\":[1787184007,12]}",
        "{\"result\":null}",
        "{\"result\":[]}"
      })
  void timeThatTellsNothing_leavesWhatIsDocumented(String time) throws IOException {
    assertThat(one(read(time, "\"YQ==\""))).isEqualTo(bulk("a"));
    assertThat(read(time, "\"plain text\"")).isInstanceOf(Body.Nonsense.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"result\":\"QUEUED\"}", "{\"result\":\"UVVFVUVE\"}"})
  void answerOfSomebodyElsesTransaction_isNonsense(String queued) throws IOException {
    assertThat(read(queued, "\"UVVFVUVE\"")).isInstanceOf(Body.Nonsense.class);
  }

  @Test
  void depth_isLimited() throws IOException {
    assertThat(read(BASE64_TIME, "[".repeat(100) + "]".repeat(100)))
        .isInstanceOf(Body.Nonsense.class);
  }

  @Test
  void length_isLimited() throws IOException {
    InputStream endless = new InputStream() {
      @Override
      public int read() {
        return ' ';
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        java.util.Arrays.fill(bytes, offset, offset + length, (byte) ' ');
        return length;
      }
    };
    assertThat(ReplyReader.read(endless, 1, false))
        .isEqualTo(new Body.Nonsense("more than 268435456 bytes"));
  }

  @Test
  void connectionThatFails_isNotNonsense() {
    InputStream begun = new ByteArrayInputStream("[{".getBytes(StandardCharsets.UTF_8));
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("reset");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        throw new IOException("reset");
      }
    };
    assertThatThrownBy(() -> ReplyReader.read(new SequenceInputStream(begun, failing), 1, false))
        .hasMessage("reset");
  }
}
