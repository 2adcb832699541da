package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.read.HistoryOutcome;
import io.regionsnap.domain.read.HistoryQuery;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.domain.read.SnapshotRef;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/** Prints a history page by page, so that a long one needs no more memory than a short one. */
final class HistoryPrinter {
  static final int PAGE = 1000;

  /** So few at a time that they fit into memory even if they are large. */
  static final int BODIES_PAGE = 16;

  private final Console console;
  private final JsonLines json;
  private final GlobalOptions options;
  private final Interruption interruption;
  private final SnapshotPrinter printer;

  @Inject
  HistoryPrinter(
      Console console,
      JsonLines json,
      GlobalOptions options,
      Interruption interruption,
      SnapshotPrinter printer) {
    this.console = console;
    this.json = json;
    this.options = options;
    this.interruption = interruption;
    this.printer = printer;
  }

  /** Prints up to so many entries, and says so if there are more. */
  ExitCode print(ReadSnapshots read, HistoryQuery first, long most, boolean bodies) {
    ExitCode exitCode = ExitCode.OK;
    long left = most;
    Optional<HistoryQuery> query = Optional.of(first);
    while (query.isPresent() && !interruption.isRequested()) {
      HistoryOutcome outcome = read.history(query.get());
      if (!(outcome instanceof HistoryOutcome.Page page)) {
        return exitCode.and(failed(outcome, first.region()));
      }
      exitCode = exitCode.and(problems(page));
      List<SnapshotRef> shown =
          page.snapshots().subList(0, (int) Math.min(left, page.snapshots().size()));
      exitCode = exitCode.and(bodies ? bodies(read, first.region(), shown) : refs(first, shown));
      left -= shown.size();
      if (shown.size() < page.snapshots().size()) {
        console.say("only the newest %d are shown; --limit 0 shows all".formatted(most));
        return exitCode;
      }
      query = page.next();
    }
    return exitCode;
  }

  private ExitCode failed(HistoryOutcome outcome, Region region) {
    return outcome.match(
        page -> ExitCode.OK,
        drifted -> {
          console.say("regionsnap: drift: " + drifted.problem());
          return ExitCode.DRIFT;
        },
        unreadable -> {
          console.say("regionsnap: cannot read the history of %s: %s; try again"
              .formatted(region, unreadable.message()));
          return ExitCode.FAILURE;
        });
  }

  private ExitCode problems(HistoryOutcome.Page page) {
    page.problems().forEach(problem -> console.say("regionsnap: drift: " + problem));
    return page.problems().isEmpty() ? ExitCode.OK : ExitCode.DRIFT;
  }

  private ExitCode refs(HistoryQuery query, List<SnapshotRef> refs) {
    for (SnapshotRef ref : refs) {
      if (options.json()) {
        json.object(generator -> {
          generator.writeStringField("region", query.region().name());
          SnapshotPrinter.writeNames(generator, ref.id().text(), ref.generatedAtMillis());
        });
      } else {
        console.line(new Moment(ref.generatedAtMillis()) + "  " + ref.id());
      }
    }
    return ExitCode.OK;
  }

  private ExitCode bodies(ReadSnapshots read, Region region, List<SnapshotRef> refs) {
    ExitCode exitCode = ExitCode.OK;
    List<ReadOutcome> outcomes = read.bodies(region, refs);
    for (int i = 0; i < refs.size(); i++) {
      String what = "snapshot %s of %s".formatted(refs.get(i).id(), region);
      exitCode = exitCode.and(printer.printLine(outcomes.get(i), what));
    }
    return exitCode;
  }
}
