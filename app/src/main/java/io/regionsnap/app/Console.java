package io.regionsnap.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.inject.Inject;
import javax.inject.Singleton;

/**
 * How a run speaks: data on the standard output, everything else, line by line, on the standard
 * error. Not thread-safe.
 */
@Singleton
final class Console {
  /** The part of a URL that may hold a password, as far as it may reach. */
  private static final Pattern USER_INFO = Pattern.compile("://\\S*@");

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\t]]");

  private final OutputStream out;
  private final PrintStream err;
  private boolean keepsGoing;
  private boolean closed;

  @Inject
  Console(Surroundings surroundings) {
    this.out = surroundings.out();
    this.err = new PrintStream(surroundings.err(), true, StandardCharsets.UTF_8);
  }

  /** From now on, a reader of the output that went away is no reason to stop. */
  void keepGoingWithoutReader() {
    keepsGoing = true;
  }

  /**
   * Writes data.
   *
   * @throws ReaderGoneException if nobody reads it any more, unless that is no reason to stop
   * @throws CommandFailure if it cannot be written
   */
  void write(byte[] bytes) {
    attempt(() -> out.write(bytes));
  }

  /** Writes a line of data. */
  void line(String line) {
    write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Lets the reader have what was written so far. */
  void flush() {
    attempt(out::flush);
  }

  private void attempt(Output output) {
    if (closed) {
      return;
    }
    try {
      output.run();
    } catch (IOException e) {
      closed = true;
      boolean readerGone =
          String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
      if (!readerGone) {
        throw new CommandFailure(
            ExitCode.FAILURE,
            "cannot write to the standard output: %s".formatted(e.getMessage()),
            e);
      }
      if (!keepsGoing) {
        throw new ReaderGoneException();
      }
    }
  }

  /** Says something to the person at the terminal: lines without secrets and control characters. */
  void say(String text) {
    text.lines()
        .map(line -> USER_INFO.matcher(line).replaceAll("://***@"))
        .map(line -> CONTROLS.matcher(line).replaceAll("?"))
        .forEach(err::println);
  }

  /** The standard error, for what draws on it. */
  PrintStream err() {
    return err;
  }

  /** Something that writes. */
  private interface Output {
    void run() throws IOException;
  }

  /** Whoever read the output has seen enough. */
  static final class ReaderGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
