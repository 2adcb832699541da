package io.regionsnap.app;

/** The entry point of the process. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(ThisProcess.run(arguments));
  }
}
