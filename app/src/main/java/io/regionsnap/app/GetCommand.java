package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a snapshot by its id. */
@Command(
    name = "get",
    description = "Prints a snapshot by its id: its bytes, exactly.",
    sortOptions = false)
final class GetCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "REGION",
      converter = Operands.RegionConverter.class,
      description = "Its region.")
  @Nullable Region region;

  @Parameters(
      index = "1",
      paramLabel = "ID",
      converter = Operands.IdConverter.class,
      description = "Its id.")
  @Nullable SnapshotId id;

  private final Stores stores;
  private final SnapshotPrinter printer;

  @Inject
  GetCommand(Stores stores, SnapshotPrinter printer) {
    this.stores = stores;
    this.printer = printer;
  }

  @Override
  public Integer call() {
    // picocli has set both, or refused the command line.
    Region of = Objects.requireNonNull(region);
    SnapshotId wanted = Objects.requireNonNull(id);
    return stores.reading(useCases -> printer.printOnly(
        useCases.read().byId(of, wanted), "snapshot %s of %s".formatted(wanted, of)));
  }
}
