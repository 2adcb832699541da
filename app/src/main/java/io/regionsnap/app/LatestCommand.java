package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints the newest snapshots. */
final class LatestCommand implements NamedCommand {
  /** So few at a time that their bodies fit into memory even if they are large. */
  private static final int BATCH = 32;

  private final PositionalParamSpec regions = Operands.regions();
  private final CommandSpec spec = Arguments.command(
          this,
          "latest",
          "Prints the newest snapshot of a region: its bytes, exactly.",
          "Of several regions, or of all if none is named: one snapshot on each line.")
      .addPositional(regions);

  private final Stores stores;
  private final Console console;
  private final SnapshotPrinter printer;

  @Inject
  LatestCommand(Stores stores, Console console, SnapshotPrinter printer) {
    this.stores = stores;
    this.console = console;
    this.printer = printer;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    List<Region> named = Arguments.given(regions, List.of());
    return stores.reading(
        useCases -> named.isEmpty() ? all(useCases.read()) : named(useCases.read(), named));
  }

  private ExitCode all(ReadSnapshots read) {
    return read.regions()
        .match(
            listed -> {
              if (listed.regions().isEmpty()) {
                console.say("regionsnap: the store holds no region yet");
                return ExitCode.NOT_FOUND;
              }
              return print(read, List.copyOf(listed.regions()));
            },
            unreadable -> {
              console.say(
                  "regionsnap: cannot list the regions: %s".formatted(unreadable.message()));
              return ExitCode.FAILURE;
            });
  }

  private ExitCode named(ReadSnapshots read, List<Region> named) {
    return named.size() > 1
        ? print(read, named)
        : printer.printOnly(read.latest(named).get(0), what(named.get(0)));
  }

  private ExitCode print(ReadSnapshots read, List<Region> several) {
    ExitCode exitCode = ExitCode.OK;
    for (int from = 0; from < several.size(); from += BATCH) {
      List<Region> batch = several.subList(from, Math.min(from + BATCH, several.size()));
      List<ReadOutcome> outcomes = read.latest(batch);
      for (int i = 0; i < batch.size(); i++) {
        exitCode = exitCode.and(printer.printLine(outcomes.get(i), what(batch.get(i))));
      }
    }
    return exitCode;
  }

  private static String what(Region region) {
    return "snapshot of %s".formatted(region);
  }
}
