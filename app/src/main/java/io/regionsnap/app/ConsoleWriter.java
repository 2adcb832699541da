package io.regionsnap.app;

import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What picocli writes, on its way to the console. */
final class ConsoleWriter extends Writer {
  private final Consumer<byte[]> sink;

  ConsoleWriter(Consumer<byte[]> sink) {
    this.sink = sink;
  }

  @Override
  public void write(char[] buffer, int offset, int length) {
    sink.accept(new String(buffer, offset, length).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() {
    // Nothing is kept here.
  }

  @Override
  public void close() {
    // The console outlives picocli.
  }
}
