package io.regionsnap.app.input;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of documents that is yet to be opened.
 *
 * @param name what to call it
 * @param wholeDocument whether all of it is one document, whatever it looks like
 * @param opener opens it
 */
public record Source(String name, boolean wholeDocument, Opener opener) {
  /** What the standard input is called. */
  public static final String STDIN = "stdin";

  /** Opens a stream. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens the stream.
     *
     * @return the stream, to be closed
     * @throws IOException if it cannot be opened
     */
    InputStream open() throws IOException;
  }

  /**
   * The standard input: a document on each line, or a single one.
   *
   * @param in the stream
   * @return the source
   */
  public static Source stdin(InputStream in) {
    return new Source(STDIN, false, () -> in);
  }
}
