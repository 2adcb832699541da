package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.AuditRegions;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Looks for keys that contradict each other. */
final class AuditCommand implements NamedCommand {
  private final PositionalParamSpec regions = Operands.regions();
  private final CommandSpec spec = Arguments.command(
          this,
          "audit",
          "Looks for drift: keys of a region that contradict each other. Changes nothing.",
          "Exits with 0 if there is none, 6 if there is, 1 if something could not be read.")
      .addPositional(regions);

  private final Stores stores;
  private final FindingReport report;

  @Inject
  AuditCommand(Stores stores, FindingReport report) {
    this.stores = stores;
    this.report = report;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    return stores.reading(useCases -> audit(useCases.audit()));
  }

  private ExitCode audit(AuditRegions audit) {
    report.begin("audit");
    List<Region> named = Arguments.given(regions, List.of());
    AuditOutcome outcome;
    try {
      outcome = named.isEmpty() ? audit.audit(report) : audit.audit(named, report);
    } finally {
      report.end();
    }
    return report.print(outcome);
  }
}
