package io.regionsnap.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the tables and the picture of what was measured; measures nothing. */
final class Report {
  private Report() {}

  /**
   * Writes {@code results.md} and {@code persist.svg} beside the results.
   *
   * @return the text of the first
   */
  static String write(Path folder) throws IOException {
    Scores scores = new Scores(ResultFiles.in(folder));
    Extras extras = Extras.in(folder);
    String text = "# Results\n\n"
        + extras.machine()
        + ". On loopback, nothing kept on disk.\n\n"
        + Bars.markdown(scores, extras)
        + new Tables(scores, extras).markdown();
    Files.writeString(folder.resolve("results.md"), text.stripTrailing() + "\n");
    if (scores.has(Groups.PERSIST)) {
      Files.writeString(folder.resolve("persist.svg"), Chart.svg(scores, extras.machine()));
    }
    return text;
  }
}
