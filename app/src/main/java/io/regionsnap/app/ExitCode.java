package io.regionsnap.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a run ends, from the most severe to the least. Where several apply, the first counts. */
enum ExitCode {
  INTERRUPTED(130, "Interrupted; what was reported holds"),
  FAILURE(1, "Failure; what was reported holds"),
  UNKNOWN(5, "Whether some snapshots were persisted is unknown; persist them again"),
  DRIFT(6, "Stored keys contradict each other"),
  REFUSED(3, "Some snapshots were refused"),
  NOT_FOUND(4, "Some of what was asked for is not there"),
  OK(0, "All persisted, already persisted or duplicate; all found"),
  /** Apart from the others: it ends a run before anything happened. */
  USAGE(2, "The command line makes no sense; nothing happened");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  int number() {
    return number;
  }

  ExitCode and(ExitCode other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** For the help, by number. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode code :
        new ExitCode[] {OK, FAILURE, USAGE, REFUSED, NOT_FOUND, UNKNOWN, DRIFT, INTERRUPTED}) {
      meanings.put(String.valueOf(code.number), code.meaning);
    }
    return meanings;
  }
}
