package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.repair.PlanOutcome;
import io.regionsnap.domain.repair.RepairPlan;
import io.regionsnap.domain.repair.RepairRegions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Mends keys that contradict each other. */
final class RepairCommand implements NamedCommand {

  private final PositionalParamSpec regions = Operands.regions();
  // What to do with the plan, instead of asking.
  private final OptionSpec yes =
      Arguments.flag("--yes", "Apply the plan without asking.").build();
  private final OptionSpec dryRun =
      Arguments.flag("--dry-run", "Show the plan and change nothing.").build();
  private final OptionSpec planTo = Arguments.option(
          "--plan", "FILE", Path.class, "Write the plan to a file, and change nothing.")
      .build();
  private final OptionSpec apply = Arguments.option(
          "--apply",
          "FILE",
          Path.class,
          "Apply a plan that was written before. Steps for which something has changed"
              + " since are refused.")
      .build();
  private final CommandSpec spec = Arguments.command(
          this,
          "repair",
          "Mends drift: shows the plan, asks, and applies it in steps that are done wholly or not at all.",
          "Loses nothing: what cannot be placed is moved into quarantine, where it stays for a year.")
      .addPositional(regions)
      .addArgGroup(ArgGroupSpec.builder()
          .addArg(yes)
          .addArg(dryRun)
          .addArg(planTo)
          .addArg(apply)
          .build());

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
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    Path written = apply.getValue();
    if (written != null) {
      if (Arguments.isGiven(regions)) {
        throw new ParameterException(spec.commandLine(), "--apply takes its regions from the file");
      }
      RepairPlan plan = planFile.read(written);
      return stores.writing(useCases -> report.apply(plan, useCases.repair()));
    }
    boolean changes = !Arguments.isGiven(dryRun) && !Arguments.isGiven(planTo);
    if (changes && !Arguments.isGiven(yes) && !surroundings.terminals().in()) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no terminal to ask: say --yes to apply the plan, or --dry-run to see it");
    }
    return changes
        ? stores.writing(useCases -> run(useCases.repair()))
        : stores.reading(useCases -> run(useCases.repair()));
  }

  private Optional<List<Region>> chosenRegions() {
    return Optional.ofNullable(regions.getValue());
  }

  private ExitCode run(RepairRegions repair) {
    findings.begin("audit");
    PlanOutcome outcome;
    try {
      outcome = repair.plan(chosenRegions(), report.quietly());
    } finally {
      findings.end();
    }
    return outcome.match(planned -> carryOut(planned.plan(), repair), unreadable -> {
      console.say(
          "regionsnap: cannot read %s; nothing was changed".formatted(unreadable.message()));
      return ExitCode.FAILURE;
    });
  }

  private ExitCode carryOut(RepairPlan plan, RepairRegions repair) {
    if (plan.findings().isEmpty()) {
      console.say("no drift, nothing to repair");
      return ExitCode.OK;
    }
    report.show(plan);
    Path file = planTo.getValue();
    if (file != null) {
      planFile.write(plan, file);
    }
    if (Arguments.isGiven(dryRun) || file != null) {
      return ExitCode.DRIFT;
    }
    if (!Arguments.isGiven(yes) && !isConfirmed(plan)) {
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
