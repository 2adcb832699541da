package io.regionsnap.app;

import java.io.IOException;
import java.io.OutputStream;

/** An output that fails from the first byte on. */
final class FailingOutput extends OutputStream {
  private final String message;

  FailingOutput(String message) {
    this.message = message;
  }

  @Override
  public void write(int b) throws IOException {
    throw new IOException(message);
  }
}
