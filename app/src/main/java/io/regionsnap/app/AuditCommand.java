package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.AuditRegions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Looks for keys that contradict each other. */
@Command(
    name = "audit",
    description = {
      "Looks for drift: keys of a region that contradict each other. Changes nothing.",
      "Exits with 0 if there is none, 6 if there is, 1 if something could not be read."
    },
    sortOptions = false)
final class AuditCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "REGION",
      converter = Operands.RegionConverter.class,
      description = "Such as north-america. Default: every region of the store.")
  List<Region> regions = new ArrayList<>();

  private final Stores stores;
  private final FindingReport report;

  @Inject
  AuditCommand(Stores stores, FindingReport report) {
    this.stores = stores;
    this.report = report;
  }

  @Override
  public Integer call() {
    return stores.reading(useCases -> audit(useCases.audit()));
  }

  private ExitCode audit(AuditRegions audit) {
    report.begin("audit");
    AuditOutcome outcome;
    try {
      outcome = regions.isEmpty() ? audit.audit(report) : audit.audit(regions, report);
    } finally {
      report.end();
    }
    return report.print(outcome);
  }
}
