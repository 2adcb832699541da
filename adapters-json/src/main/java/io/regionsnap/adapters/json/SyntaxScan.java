package io.regionsnap.adapters.json;

import java.util.BitSet;
import java.util.Optional;

/**
 * Finds where a document stops being JSON (RFC 8259): the first byte that, after all bytes before
 * it, no JSON document can have. Runs only over documents that were refused. Says what is wrong
 * without quoting anything.
 */
final class SyntaxScan {
  /** What the grammar lets come next. */
  private enum Expected {
    VALUE("a value was expected"),
    VALUE_OR_END("a value or ] was expected"),
    KEY("a key in double quotes was expected"),
    KEY_OR_END("a key in double quotes or } was expected"),
    COLON("a colon was expected"),
    COMMA_OR_BRACKET("a comma or ] was expected"),
    COMMA_OR_BRACE("a comma or } was expected"),
    NOTHING("something follows the document");

    private final String problem;

    Expected(String problem) {
      this.problem = problem;
    }
  }

  private static final String ENDS_EARLY = "the document ends too early";

  private final byte[] document;

  /** Which of the open brackets are braces, from the outermost in. */
  private final BitSet braces = new BitSet();

  private int depth;
  private int at;

  private SyntaxScan(byte[] document) {
    this.document = document;
  }

  /** The first fault; empty if the document is JSON. */
  static Optional<MalformedException> firstFault(byte[] document) {
    try {
      new SyntaxScan(document).scan();
      return Optional.empty();
    } catch (MalformedException fault) {
      return Optional.of(fault);
    }
  }

  private void scan() {
    Expected expected = Expected.VALUE;
    skipSpace();
    while (at < document.length) {
      expected = step(expected);
      skipSpace();
    }
    if (expected != Expected.NOTHING) {
      throw fault(ENDS_EARLY);
    }
  }

  private void skipSpace() {
    while (at < document.length
        && (document[at] == ' '
            || document[at] == '\n'
            || document[at] == '\r'
            || document[at] == '\t')) {
      at++;
    }
  }

  /** Passes one token; returns what may follow it. */
  private Expected step(Expected expected) {
    byte first = document[at];
    return switch (expected) {
      case KEY_OR_END -> first == '}' ? close() : key();
      case KEY -> key();
      case COLON -> pass(':', Expected.VALUE, expected);
      case VALUE_OR_END -> first == ']' ? close() : value(expected);
      case VALUE -> value(expected);
      case COMMA_OR_BRACE -> first == '}' ? close() : pass(',', Expected.KEY, expected);
      case COMMA_OR_BRACKET -> first == ']' ? close() : pass(',', Expected.VALUE, expected);
      case NOTHING -> throw fault(expected.problem);
    };
  }

  private Expected pass(char wanted, Expected next, Expected expected) {
    if (document[at] != wanted) {
      throw fault(expected.problem);
    }
    at++;
    return next;
  }

  private Expected key() {
    if (document[at] != '"') {
      throw fault(Expected.KEY.problem);
    }
    string();
    return Expected.COLON;
  }

  private Expected value(Expected expected) {
    switch (document[at]) {
      case '{' -> {
        return open(true);
      }
      case '[' -> {
        return open(false);
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number(expected);
    }
    return afterValue();
  }

  private Expected open(boolean brace) {
    braces.set(depth, brace);
    depth++;
    at++;
    return brace ? Expected.KEY_OR_END : Expected.VALUE_OR_END;
  }

  private Expected close() {
    depth--;
    at++;
    return afterValue();
  }

  private Expected afterValue() {
    if (depth == 0) {
      return Expected.NOTHING;
    }
    return braces.get(depth - 1) ? Expected.COMMA_OR_BRACE : Expected.COMMA_OR_BRACKET;
  }

  private void string() {
    at++;
    while (current() != '"') {
      if (document[at] >= 0 && document[at] < ' ') {
        throw fault("a string holds a control character");
      }
      if (document[at] == '\\') {
        escape();
      }
      at++;
    }
    at++;
  }

  private void escape() {
    at++;
    if (current() == 'u') {
      for (int digit = 0; digit < 4; digit++) {
        at++;
        if (Character.digit(current(), 16) < 0) {
          throw fault("an escape needs four hexadecimal digits");
        }
      }
    } else if ("\"\\/bfnrt".indexOf(current()) < 0) {
      throw fault("JSON has no such escape");
    }
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (current() != word.charAt(i)) {
        throw fault("the words of JSON are true, false and null");
      }
      at++;
    }
  }

  private void number(Expected expected) {
    if (document[at] != '-' && !isDigit()) {
      throw fault(expected.problem);
    }
    if (document[at] == '-') {
      at++;
    }
    if (current() == '0') {
      at++;
      if (isDigit()) {
        throw fault("a number begins with a zero too many");
      }
    } else {
      digits();
    }
    if (isOneOf(".")) {
      at++;
      digits();
    }
    if (isOneOf("eE")) {
      at++;
      if (isOneOf("+-")) {
        at++;
      }
      digits();
    }
  }

  private void digits() {
    current();
    if (!isDigit()) {
      throw fault("a number lacks a digit");
    }
    while (isDigit()) {
      at++;
    }
  }

  private boolean isDigit() {
    return isOneOf("0123456789");
  }

  private boolean isOneOf(String characters) {
    return at < document.length && characters.indexOf(document[at]) >= 0;
  }

  /** The byte where the scan is; its end is a fault, since something is open. */
  private byte current() {
    if (at == document.length) {
      throw fault(ENDS_EARLY);
    }
    return document[at];
  }

  private MalformedException fault(String problem) {
    return new MalformedException(problem, at);
  }
}
