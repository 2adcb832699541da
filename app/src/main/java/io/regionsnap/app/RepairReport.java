package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.audit.AuditListener;
import io.regionsnap.domain.audit.Drift;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.repair.Change;
import io.regionsnap.domain.repair.RepairListener;
import io.regionsnap.domain.repair.RepairOutcome;
import io.regionsnap.domain.repair.RepairPlan;
import io.regionsnap.domain.repair.RepairRegions;
import io.regionsnap.domain.repair.RepairStep;
import io.regionsnap.domain.repair.StepOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;

/** Shows what a repair would do, and tells what it did. */
final class RepairReport {
  private static final int MOST_SHOWN = 20;

  private final Console console;
  private final JsonLines json;
  private final GlobalOptions options;
  private final Progress progress;
  private final Interruption interruption;

  @Inject
  RepairReport(
      Console console,
      JsonLines json,
      GlobalOptions options,
      Progress progress,
      Interruption interruption) {
    this.console = console;
    this.json = json;
    this.options = options;
    this.progress = progress;
    this.interruption = interruption;
  }

  /** Listens to the audit before a plan; what it finds is shown with the plan. */
  AuditListener quietly() {
    return new Applying();
  }

  /** Shows a plan. */
  void show(RepairPlan plan) {
    if (options.json()) {
      plan.steps().forEach(step -> json.object(generator -> PlanFile.writeTo(generator, step)));
      return;
    }
    for (int i = 0; i < plan.steps().size(); i++) {
      RepairStep step = plan.steps().get(i);
      console.line("step %d, %s: %s".formatted(i + 1, where(step), mends(step)));
      step.changes().stream()
          .limit(MOST_SHOWN)
          .forEach(change -> console.line("  " + ChangeText.of(change)));
      if (step.changes().size() > MOST_SHOWN) {
        console.line("  and %d more changes; --json or --plan name each of them"
            .formatted(step.changes().size() - MOST_SHOWN));
      }
    }
    // What is said next would otherwise stand before it on a terminal.
    console.flush();
  }

  private static String where(RepairStep step) {
    return step.region().map(Region::name).orElse("of no region");
  }

  private static String mends(RepairStep step) {
    Map<FindingCode, Long> counts = new EnumMap<>(FindingCode.class);
    step.findings().stream().map(Finding::code).forEach(code -> counts.merge(code, 1L, Long::sum));
    return "mends "
        + counts.entrySet().stream()
            .map(count -> count.getKey() + (count.getValue() > 1 ? " x " + count.getValue() : ""))
            .collect(Collectors.joining(", "));
  }

  /** Applies a plan that was just shown, and goes on until nothing is left. */
  ExitCode carryOut(RepairPlan plan, Optional<List<Region>> regions, RepairRegions repair) {
    console.keepGoingWithoutReader();
    progress.beginSilent("repair", -1);
    RepairOutcome outcome;
    try {
      outcome = repair.repair(plan, regions, new Applying());
    } finally {
      progress.end();
    }
    return outcome.match(
        clean -> {
          console.say("%s applied; the audit finds no drift any more"
              .formatted(FindingReport.counted(clean.applied(), "step")));
          return ExitCode.OK;
        },
        left -> {
          console.say("%s applied, %s left; others may be writing, try again later"
              .formatted(
                  FindingReport.counted(left.applied(), "step"),
                  FindingReport.counted(left.left().size(), "finding")));
          left.left().stream()
              .limit(MOST_SHOWN)
              .forEach(finding -> console.say("  %s %s".formatted(finding.code(), finding.key())));
          return ExitCode.DRIFT;
        },
        failed -> {
          console.say("%s applied, then it failed: %s; the same command goes on from here"
              .formatted(FindingReport.counted(failed.applied(), "step"), failed.message()));
          return ExitCode.FAILURE;
        });
  }

  /** Applies a plan that was written before, and nothing else. */
  ExitCode apply(RepairPlan plan, RepairRegions repair) {
    console.keepGoingWithoutReader();
    Applying applying = new Applying();
    progress.beginSilent("repair", plan.steps().size());
    try {
      for (RepairStep step : plan.steps()) {
        applying.tried(step, repair.apply(step));
      }
    } finally {
      progress.end();
    }
    console.say("%s applied, %d refused as stale, %d failed"
        .formatted(
            FindingReport.counted(applying.applied, "step"), applying.stale, applying.failed));
    if (applying.stale > 0) {
      console.say("regionsnap repair plans anew what was refused");
    }
    if (applying.failed > 0) {
      return ExitCode.FAILURE;
    }
    return applying.stale > 0 ? ExitCode.DRIFT : ExitCode.OK;
  }

  /** Tells what becomes of steps. */
  private final class Applying implements RepairListener {
    private int applied;
    private int stale;
    private int failed;

    @Override
    public void drifted(Drift drift) {
      // Shown with the plan.
    }

    @Override
    public void looked(long keys) {
      progress.update(keys);
      endIfAsked();
    }

    @Override
    public void tried(RepairStep step, StepOutcome outcome) {
      outcome.match(
          () -> ++applied,
          refused -> {
            console.say("refused as stale, %s: %s".formatted(where(step), refused.message()));
            return ++stale;
          },
          failure -> {
            console.say("failed, %s: %s".formatted(where(step), failure.message()));
            return ++failed;
          });
      progress.update(applied + stale + failed);
      endIfAsked();
    }

    private void endIfAsked() {
      if (interruption.isRequested()) {
        throw new CommandFailure(
            ExitCode.INTERRUPTED,
            "interrupted after %s; the same command goes on from here"
                .formatted(FindingReport.counted(applied, "step")));
      }
    }
  }

  /** Says changes in words. */
  private static final class ChangeText {
    private ChangeText() {}

    static String of(Change change) {
      if (change instanceof Change.Aside aside) {
        return "move aside   %s to %s".formatted(aside.from(), aside.to());
      } else if (change instanceof Change.Place place) {
        return "put          %s, %d bytes, until %s"
            .formatted(place.key(), place.body().size(), new Moment(place.expiresAtMillis()));
      } else if (change instanceof Change.Drop drop) {
        return "delete       %s".formatted(drop.key());
      } else if (change instanceof Change.Index index) {
        return "index        %s at %d"
            .formatted(index.entry().member(), index.entry().score());
      } else if (change instanceof Change.Strike strike) {
        return "unindex      %s at %d, noted in %s"
            .formatted(strike.entry().member(), strike.entry().score(), strike.note());
      } else if (change instanceof Change.Prune prune) {
        return "prune        %s".formatted(prune.index());
      } else if (change instanceof Change.Point point) {
        return "point        %s at the top of %s".formatted(point.pointer(), point.index());
      }
      return "clear        %s".formatted(((Change.ClearLive) change).live());
    }
  }
}
