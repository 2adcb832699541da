package io.regionsnap.app;

import io.regionsnap.domain.Region;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints the snapshot that was the newest at a moment. */
final class AtCommand implements NamedCommand {
  private final PositionalParamSpec region = Operands.region("Its region.");
  private final PositionalParamSpec moment =
      Operands.moment("Such as 2026-11-22T18:00:00Z, or epoch milliseconds.");
  private final CommandSpec spec = Arguments.command(
          this,
          "at",
          "Prints the snapshot that was the newest at a moment.",
          "It was generated then or before. Prints its bytes, exactly.")
      .addPositional(region)
      .addPositional(moment);

  private final Stores stores;
  private final SnapshotPrinter printer;

  @Inject
  AtCommand(Stores stores, SnapshotPrinter printer) {
    this.stores = stores;
    this.printer = printer;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    Region of = region.getValue();
    Moment at = moment.getValue();
    return stores.reading(useCases -> printer.printOnly(
        useCases.read().at(of, at.epochMillis()),
        "snapshot of %s generated at or before %s".formatted(of, at)));
  }
}
