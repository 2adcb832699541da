package io.regionsnap.domain.doctor;

import io.regionsnap.ports.StoreDiagnostics.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All ways to commit that were tried.
 *
 * @param reports in the order in which the store prefers them
 */
record Commits(List<WayReport> reports) {
  private static final String NAME = "commits";

  Commits {
    reports = List.copyOf(reports);
  }

  /**
   * The way that commits go: the first that is not refused, whether it keeps its promise or not.
   */
  private Optional<WayReport> taken() {
    return reports.stream().filter(report -> !report.isRefused()).findFirst();
  }

  /** The way that commits go, if it can be relied upon. */
  Optional<WayReport> used() {
    return taken().filter(WayReport::isKept);
  }

  /** Whether the store did not answer where commits go. */
  boolean isUnanswered() {
    return taken().filter(WayReport::isUnanswered).isPresent();
  }

  List<Check> checks() {
    Optional<WayReport> taken = taken();
    List<Check> checks = new ArrayList<>();
    for (WayReport report : reports) {
      checks.addAll(report.checks(taken.isEmpty() || report.equals(taken.get())));
    }
    checks.add(summary(taken));
    return checks;
  }

  private static Check summary(Optional<WayReport> taken) {
    if (taken.isEmpty()) {
      return Check.fail(
          NAME,
          "nothing can be persisted: the store is read, and refuses to be written",
          "give this user or token what the lines above say that it lacks; one that may only read"
              + " is enough for reading only");
    }
    WayReport report = taken.get();
    String by = report.way().name().isEmpty() ? "" : ", by " + report.way().name();
    if (!report.isKept()) {
      return Check.fail(
          NAME, "snapshots cannot be persisted wholly or not at all" + by, "see the lines above");
    }
    String weakness = report.way().weakness();
    return weakness.isEmpty()
        ? Check.pass(NAME, "snapshots are persisted wholly or not at all" + by)
        : Check.warn(
            NAME,
            "snapshots are persisted" + by + ": " + weakness,
            "let one program write at a time, or permit scripts");
  }
}
