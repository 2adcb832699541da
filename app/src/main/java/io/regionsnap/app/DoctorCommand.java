package io.regionsnap.app;

import io.regionsnap.domain.Region;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Finds out what the store can do, and what threatens what is kept there. */
@Command(
    name = "doctor",
    description = {
      "Tells what the store can do and what threatens what is kept there: pass, warn or fail, and"
          + " what to do.",
      "Tries commits on keys of its own, deletes them, and reads no data.",
      "Exits with 0 if nothing fails, 1 if something does."
    },
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "REGION",
      converter = Operands.RegionConverter.class,
      defaultValue = "doctor",
      description = "The region whose keys those of the trial are beside, where it matters: on a"
          + " cluster, or for a user who may write some regions only. Default: doctor, which no"
          + " region is named.")
  Region region = new Region("doctor");

  private final Stores stores;
  private final DoctorReport report;

  @Inject
  DoctorCommand(Stores stores, DoctorReport report) {
    this.stores = stores;
    this.report = report;
  }

  @Override
  public Integer call() {
    return stores.diagnosing(
        useCases -> report.print(useCases.doctor().diagnose(region, report)), report::notOpened);
  }
}
