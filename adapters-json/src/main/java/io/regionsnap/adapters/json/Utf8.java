package io.regionsnap.adapters.json;

/**
 * Checks that bytes are UTF-8 as RFC 3629 defines it (section 4): no overlong forms, no surrogates,
 * nothing above U+10FFFF, no sequence cut short. Jackson skips over most of that in strings that
 * nobody asks for.
 */
final class Utf8 {
  private static final int BYTE_ORDER_MARK = 0xEFBBBF;

  private Utf8() {}

  /**
   * Checks a document.
   *
   * @throws MalformedException at the first sequence that is not UTF-8, or at a byte order mark: of
   *     two JSON readers one skips it and the other fails (RFC 8259, section 8.1)
   */
  static void require(byte[] document) {
    int end = document.length;
    if (end >= 3
        && (unsigned(document, 0) << 16 | unsigned(document, 1) << 8 | unsigned(document, 2))
            == BYTE_ORDER_MARK) {
      throw new MalformedException("the document begins with a byte order mark", 0);
    }
    int at = 0;
    while (at < end) {
      // Eight bytes at once, as plain as this: fast before the JIT compiler optimises anything.
      while (at + 8 <= end
          && (document[at]
                  | document[at + 1]
                  | document[at + 2]
                  | document[at + 3]
                  | document[at + 4]
                  | document[at + 5]
                  | document[at + 6]
                  | document[at + 7])
              >= 0) {
        at += 8;
      }
      if (at < end) {
        at += document[at] >= 0 ? 1 : lengthOfSequence(document, at);
      }
    }
  }

  /** How long the sequence of more than one byte is that begins here. */
  private static int lengthOfSequence(byte[] document, int at) {
    int first = unsigned(document, at);
    int length = lengthAfter(first);
    if (length == 0 || at + length > document.length) {
      throw malformed(at);
    }
    int second = unsigned(document, at + 1);
    if (second < lowestAfter(first) || second > highestAfter(first)) {
      throw malformed(at);
    }
    for (int i = at + 2; i < at + length; i++) {
      if (unsigned(document, i) >> 6 != 0b10) {
        throw malformed(at);
      }
    }
    return length;
  }

  private static int lengthAfter(int first) {
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    } else if (first < 0xE0) {
      return 2;
    }
    return first < 0xF0 ? 3 : 4;
  }

  /** Lower ones would be overlong. */
  private static int lowestAfter(int first) {
    return switch (first) {
      case 0xE0 -> 0xA0;
      case 0xF0 -> 0x90;
      default -> 0x80;
    };
  }

  /** Higher ones would be surrogates, or beyond the last character. */
  private static int highestAfter(int first) {
    return switch (first) {
      case 0xED -> 0x9F;
      case 0xF4 -> 0x8F;
      default -> 0xBF;
    };
  }

  private static int unsigned(byte[] document, int at) {
    return document[at] & 0xFF;
  }

  private static MalformedException malformed(int at) {
    return new MalformedException("a byte sequence is not UTF-8", at);
  }
}
