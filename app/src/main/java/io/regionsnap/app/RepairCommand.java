package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.repair.PlanOutcome;
import io.regionsnap.domain.repair.RepairPlan;
import io.regionsnap.domain.repair.RepairRegions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mends keys that contradict each other. */
@Command(
    name = "repair",
    description = {
      "Mends drift: shows the plan, asks, and applies it in steps that are done wholly or not at all.",
      "Loses nothing: what cannot be placed is moved into quarantine, where it stays for a year."
    },
    sortOptions = false)
final class RepairCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "REGION",
      converter = Operands.RegionConverter.class,
      description = "Such as north-america. Default: every region of the store.")
  List<Region> regions = new ArrayList<>();

  @ArgGroup
  @Nullable Mode mode;

  /** What to do with the plan, instead of asking. */
  static final class Mode {
    @Option(names = "--yes", description = "Apply the plan without asking.")
    boolean yes;

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    boolean dryRun;

    @Option(
        names = "--plan",
        paramLabel = "FILE",
        description = "Write the plan to a file, and change nothing.")
    @Nullable Path plan;

    @Option(
        names = "--apply",
        paramLabel = "FILE",
        description = "Apply a plan that was written before. Steps for which something has changed"
            + " since are refused.")
    @Nullable Path apply;
  }

  @Spec
  CommandSpec spec = CommandSpec.create();

  private final Stores stores;
  private final Surroundings surroundings;
  private final Console console;
  private final FindingReport findings;
  private final RepairReport report;
  private final PlanFile planFile;

  @Inject
  RepairCommand(
      Stores stores,
      Surroundings surroundings,
      Console console,
      FindingReport findings,
      RepairReport report,
      PlanFile planFile) {
    this.stores = stores;
    this.surroundings = surroundings;
    this.console = console;
    this.findings = findings;
    this.report = report;
    this.planFile = planFile;
  }

  @Override
  public Integer call() {
    Mode chosen = mode == null ? new Mode() : mode;
    if (chosen.apply != null) {
      if (!regions.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "--apply takes its regions from the file");
      }
      RepairPlan plan = planFile.read(chosen.apply);
      return stores.writing(useCases -> report.apply(plan, useCases.repair()));
    }
    boolean changes = !chosen.dryRun && chosen.plan == null;
    if (changes && !chosen.yes && !surroundings.terminals().in()) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no terminal to ask: say --yes to apply the plan, or --dry-run to see it");
    }
    return changes
        ? stores.writing(useCases -> run(useCases.repair(), chosen))
        : stores.reading(useCases -> run(useCases.repair(), chosen));
  }

  private Optional<List<Region>> chosenRegions() {
    return regions.isEmpty() ? Optional.empty() : Optional.of(regions);
  }

  private ExitCode run(RepairRegions repair, Mode chosen) {
    findings.begin("audit");
    PlanOutcome outcome;
    try {
      outcome = repair.plan(chosenRegions(), report.quietly());
    } finally {
      findings.end();
    }
    return outcome.match(planned -> carryOut(planned.plan(), repair, chosen), unreadable -> {
      console.say(
          "regionsnap: cannot read %s; nothing was changed".formatted(unreadable.message()));
      return ExitCode.FAILURE;
    });
  }

  private ExitCode carryOut(RepairPlan plan, RepairRegions repair, Mode chosen) {
    if (plan.findings().isEmpty()) {
      console.say("no drift, nothing to repair");
      return ExitCode.OK;
    }
    report.show(plan);
    if (chosen.plan != null) {
      planFile.write(plan, chosen.plan);
    }
    if (chosen.dryRun || chosen.plan != null) {
      return ExitCode.DRIFT;
    }
    if (!chosen.yes && !isConfirmed(plan)) {
      console.say("nothing was changed");
      return ExitCode.DRIFT;
    }
    return report.carryOut(plan, chosenRegions(), repair);
  }

  private boolean isConfirmed(RepairPlan plan) {
    console.flush();
    console.say("Apply %s? [y/N]".formatted(FindingReport.counted(plan.steps().size(), "step")));
    try {
      StringBuilder answer = new StringBuilder();
      for (int next = surroundings.in().read();
          next >= 0 && next != '\n';
          next = surroundings.in().read()) {
        answer.append((char) next);
      }
      String word = answer.toString().strip().toLowerCase(Locale.ROOT);
      return word.equals("y") || word.equals("yes");
    } catch (IOException e) {
      return false;
    }
  }
}
