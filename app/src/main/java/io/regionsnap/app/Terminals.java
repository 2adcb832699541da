package io.regionsnap.app;

/**
 * Which of the standard streams are terminals.
 *
 * @param in whether the input is
 * @param out whether the output is
 * @param err whether the error output is
 */
record Terminals(boolean in, boolean out, boolean err) {
  /** The digits of the file descriptors that are terminals. */
  static final String PROPERTY = "regionsnap.terminals";

  static final Terminals NONE = new Terminals(false, false, false);

  /**
   * What the launcher found out: Java itself cannot tell for a single stream. Without a launcher
   * nothing counts as a terminal, so that nothing but data is ever written to a pipe.
   */
  static Terminals ofLauncher() {
    String digits = System.getProperty(PROPERTY, "");
    return new Terminals(digits.contains("0"), digits.contains("1"), digits.contains("2"));
  }
}
