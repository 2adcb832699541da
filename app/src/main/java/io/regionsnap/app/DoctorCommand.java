package io.regionsnap.app;

import io.regionsnap.domain.Region;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Finds out what the store can do, and what threatens what is kept there. */
final class DoctorCommand implements NamedCommand {
  private final PositionalParamSpec region = Operands.optionalRegion(
      "The region whose keys those of the trial are beside, where it matters: on a"
          + " cluster, or for a user who may write some regions only. Default: doctor, which no"
          + " region is named.");
  private final CommandSpec spec = Arguments.command(
          this,
          "doctor",
          "Tells what the store can do and what threatens what is kept there: pass, warn or fail, and"
              + " what to do.",
          "Tries commits on keys of its own, deletes them, and reads no data.",
          "Exits with 0 if nothing fails, 1 if something does.")
      .addPositional(region);

  private final Stores stores;
  private final DoctorReport report;

  @Inject
  DoctorCommand(Stores stores, DoctorReport report) {
    this.stores = stores;
    this.report = report;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    Region beside = Arguments.given(region, new Region("doctor"));
    return stores.diagnosing(
        useCases -> report.print(useCases.doctor().diagnose(beside, report)), report::notOpened);
  }
}
