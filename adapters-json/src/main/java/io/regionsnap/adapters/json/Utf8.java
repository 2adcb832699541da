package io.regionsnap.adapters.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Checks that bytes are UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing
 * above U+10FFFF, no sequence cut short. Jackson skips over most of that in strings that nobody
 * asks for.
 */
final class Utf8 {
  private static final int CHUNK_CHARS = 1024;

  private Utf8() {}

  /**
   * Checks a document.
   *
   * @throws MalformedException at the first sequence that is not UTF-8, or at a byte order mark: of
   *     two JSON readers one skips it and the other fails (RFC 8259, section 8.1)
   */
  static void require(byte[] document) {
    if (document.length >= 3
        && document[0] == (byte) 0xEF
        && document[1] == (byte) 0xBB
        && document[2] == (byte) 0xBF) {
      throw new MalformedException("the document begins with a byte order mark", 0);
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(document);
    CharBuffer discarded = CharBuffer.allocate(CHUNK_CHARS);
    CoderResult result = decoder.decode(bytes, discarded, true);
    while (result.isOverflow()) {
      discarded.clear();
      result = decoder.decode(bytes, discarded, true);
    }
    if (result.isError()) {
      throw new MalformedException("a byte sequence is not UTF-8", bytes.position());
    }
  }
}
