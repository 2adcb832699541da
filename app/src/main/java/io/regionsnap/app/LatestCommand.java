package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the newest snapshots. */
@Command(
    name = "latest",
    description = {
      "Prints the newest snapshot of a region: its bytes, exactly.",
      "Of several regions, or of all if none is named: one snapshot on each line."
    },
    sortOptions = false)
final class LatestCommand implements Callable<Integer> {
  /** So few at a time that their bodies fit into memory even if they are large. */
  private static final int BATCH = 32;

  @Parameters(
      paramLabel = "REGION",
      converter = Operands.RegionConverter.class,
      description = "Such as north-america. Default: every region of the store.")
  List<Region> regions = new ArrayList<>();

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
  public Integer call() {
    return stores.reading(
        useCases -> regions.isEmpty() ? all(useCases.read()) : named(useCases.read()));
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

  private ExitCode named(ReadSnapshots read) {
    if (regions.size() > 1) {
      return print(read, regions);
    }
    return printer.printOnly(read.latest(regions).get(0), what(regions.get(0)));
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
