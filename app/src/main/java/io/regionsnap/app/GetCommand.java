package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints a snapshot by its id. */
final class GetCommand implements NamedCommand {
  private final PositionalParamSpec region = Operands.region("Its region.");
  private final PositionalParamSpec id = Operands.id("Its id.");
  private final CommandSpec spec = Arguments.command(
          this, "get", "Prints a snapshot by its id: its bytes, exactly.")
      .addPositional(region)
      .addPositional(id);

  private final Stores stores;
  private final SnapshotPrinter printer;

  @Inject
  GetCommand(Stores stores, SnapshotPrinter printer) {
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
    SnapshotId wanted = id.getValue();
    return stores.reading(useCases -> printer.printOnly(
        useCases.read().byId(of, wanted), "snapshot %s of %s".formatted(wanted, of)));
  }
}
