package io.regionsnap.adapters.json;

import io.regionsnap.domain.DocumentReader;

/** Ends reading at the first thing that is wrong; never leaves this package. */
final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String problem;
  private final int offset;

  /**
   * A fault.
   *
   * @param problem what is wrong, without content of the document
   * @param offset the first byte that is wrong; the size of the document if its end is
   */
  MalformedException(String problem, int offset) {
    super(problem, null, false, false);
    this.problem = problem;
    this.offset = offset;
  }

  int offset() {
    return offset;
  }

  /** The fault with its place: a line ends with LF, CR or CRLF. */
  DocumentReader.Malformed in(byte[] document) {
    long line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      boolean crBeforeLf =
          document[i] == '\r' && i + 1 < document.length && document[i + 1] == '\n';
      if (document[i] == '\n' || (document[i] == '\r' && !crBeforeLf)) {
        line++;
        lineStart = i + 1;
      }
    }
    return new DocumentReader.Malformed(problem, line, offset - lineStart + 1L);
  }
}
