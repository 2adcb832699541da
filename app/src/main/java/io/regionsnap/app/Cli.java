package io.regionsnap.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line from its arguments to its exit code. */
final class Cli {
  private final AppComponent component;
  private final Console console;
  private final Surroundings surroundings;

  Cli(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.component = DaggerAppComponent.factory().create(surroundings);
    this.console = component.console();
  }

  int run(String... arguments) {
    int exitCode = end(() -> commandLine(arguments).execute(arguments));
    // What is left in the buffer may find the reader gone, too.
    int afterFlush = end(() -> {
      console.flush();
      return exitCode;
    });
    return surroundings.interruption().isRequested() ? ExitCode.INTERRUPTED.number() : afterFlush;
  }

  private CommandLine commandLine(String... arguments) {
    Failures failures = new Failures();
    return component
        .commands()
        .commandLine(arguments)
        .setOut(new PrintWriter(new ConsoleWriter(console::write)))
        .setErr(new PrintWriter(new ConsoleWriter(bytes -> console.err().writeBytes(bytes))))
        .setColorScheme(
            Help.defaultColorScheme(surroundings.isColourful() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private int end(java.util.function.IntSupplier run) {
    try {
      return run.getAsInt();
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private int misused(ParameterException e) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    writer.println("regionsnap: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, writer);
    writer.println(
        "Try '%s --help'.".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    writer.flush();
    console.say(text.toString());
    trace(e);
    return ExitCode.USAGE.number();
  }

  private int failed(Exception e) {
    if (e instanceof Console.ReaderGoneException) {
      return ExitCode.OK.number();
    }
    if (e instanceof CommandFailure failure) {
      console.say("regionsnap: " + failure.getMessage());
      trace(failure);
      return failure.exitCode().number();
    }
    console.say("regionsnap: internal error: %s; please report it with what --verbose shows"
        .formatted(e.getClass().getSimpleName()));
    trace(e);
    return ExitCode.FAILURE.number();
  }

  private void trace(Exception e) {
    if (component.options().verbose()) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      console.say(trace.toString());
    }
  }

  /**
   * Takes failures from picocli. By lambdas instead, picocli's interfaces, whose class files are of
   * an old version, would be left out of the archive of classes, and this class with them.
   */
  private final class Failures
      implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
      return misused(e);
    }

    @Override
    public int handleExecutionException(
        Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
      return failed(e);
    }
  }
}
