package io.regionsnap.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Our check of UTF-8, held to the JDK's decoder. */
class Utf8Properties {

  @Property(tries = 5_000)
  void require_anyBytes_judgesAndPlacesAsTheDecoderDoes(@ForAll("bytes") byte[] bytes) {
    assertThat(firstFault(bytes)).isEqualTo(decodersFirstFault(bytes));
  }

  /** Among plain bytes, those at the edges of what may follow each other. */
  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.integers().between(0, 0x7F)),
            Tuple.of(
                4,
                Arbitraries.of(
                    0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
                    0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF)),
            Tuple.of(2, Arbitraries.integers().between(0x80, 0xBF)))
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(24)
        .filter(bytes -> bytes.length < 3 || bytes[0] != (byte) 0xEF || bytes[1] != (byte) 0xBB);
  }

  private static int firstFault(byte[] bytes) {
    try {
      Utf8.require(bytes);
      return -1;
    } catch (MalformedException fault) {
      return fault.offset();
    }
  }

  private static int decodersFirstFault(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(in, CharBuffer.allocate(bytes.length), true);
    return result.isError() ? in.position() : -1;
  }
}
