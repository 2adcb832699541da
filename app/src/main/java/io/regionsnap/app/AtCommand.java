package io.regionsnap.app;

import io.regionsnap.domain.Region;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the snapshot that was the newest at a moment. */
@Command(
    name = "at",
    description = {
      "Prints the snapshot that was the newest at a moment.",
      "It was generated then or before. Prints its bytes, exactly."
    },
    sortOptions = false)
final class AtCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "REGION",
      converter = Operands.RegionConverter.class,
      description = "Its region.")
  @Nullable Region region;

  @Parameters(
      index = "1",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Such as 2026-11-22T18:00:00Z, or epoch milliseconds.")
  @Nullable Moment moment;

  private final Stores stores;
  private final SnapshotPrinter printer;

  @Inject
  AtCommand(Stores stores, SnapshotPrinter printer) {
    this.stores = stores;
    this.printer = printer;
  }

  @Override
  public Integer call() {
    // picocli has set both, or refused the command line.
    Region of = Objects.requireNonNull(region);
    Moment at = Objects.requireNonNull(moment);
    return stores.reading(useCases -> printer.printOnly(
        useCases.read().at(of, at.epochMillis()),
        "snapshot of %s generated at or before %s".formatted(of, at)));
  }
}
