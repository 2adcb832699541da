package io.regionsnap.app.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Splits a stream into documents: one on each line that is not blank. Where the first line is an
 * opening brace and nothing else, all of the stream is one document, indented for people. Never
 * holds more than one document, nor more of it than the limit. Not thread-safe.
 */
final class Documents {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Source source;
  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int filled;
  private long lines;
  private boolean atEnd;

  Documents(Source source, InputStream in, int maxBytes) {
    this.source = source;
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** The next document; empty at the end. */
  Optional<Item> next() throws IOException {
    if (source.wholeDocument()) {
      return atEnd ? Optional.empty() : Optional.of(rest(new Collected(maxBytes)));
    }
    while (fill()) {
      Collected line = line();
      lines++;
      if (lines == 1 && line.isLoneBrace()) {
        return Optional.of(rest(line));
      }
      if (!line.isBlank()) {
        line.dropLineEnd();
        return Optional.of(line.toItem(new Origin(source.name(), OptionalLong.of(lines))));
      }
    }
    return Optional.empty();
  }

  private Item rest(Collected document) throws IOException {
    while (fill()) {
      take(document, filled);
    }
    return document.toItem(new Origin(source.name(), OptionalLong.empty()));
  }

  private Collected line() throws IOException {
    Collected line = new Collected(maxBytes);
    while (fill()) {
      for (int i = next; i < filled; i++) {
        if (buffer[i] == '\n') {
          take(line, i + 1);
          return line;
        }
      }
      take(line, filled);
    }
    return line;
  }

  private void take(Collected document, int end) {
    document.add(buffer, next, end);
    next = end;
  }

  /** Makes sure that there is something in the buffer; false at the end. */
  private boolean fill() throws IOException {
    if (next == filled && !atEnd) {
      next = 0;
      filled = Math.max(0, in.read(buffer));
      atEnd = filled == 0;
    }
    return !atEnd;
  }
}
