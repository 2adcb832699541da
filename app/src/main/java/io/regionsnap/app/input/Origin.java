package io.regionsnap.app.input;

import java.util.OptionalLong;

/**
 * Where a document was found.
 *
 * @param source the name of a file, or {@code stdin}
 * @param line its line, counted from 1, where a line is a document
 */
public record Origin(String source, OptionalLong line) {

  @Override
  public String toString() {
    return line.isPresent() ? source + " line " + line.getAsLong() : source;
  }
}
