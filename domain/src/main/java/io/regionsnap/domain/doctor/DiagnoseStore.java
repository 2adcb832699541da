package io.regionsnap.domain.doctor;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.CommitWay;
import io.regionsnap.ports.StoreDiagnostics.KeyGroup;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.ports.TransactionalStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Finds out what a store can do and what threatens what it promises: tries its promises, in each
 * way in which it may commit, and asks what it tells of itself ({@link StoreDiagnostics}).
 *
 * <p>Tries on keys of its own that nobody takes for data, with the hash tag of a region, under a
 * name of their own for each diagnosis. They are deleted before the call returns or throws, and
 * what cannot be deleted is reported; all of them expire within minutes anyway.
 *
 * <p>A store that does not answer is not asked much more: the call ends within a few of the
 * adapter's time limits. Thread-safe.
 */
public final class DiagnoseStore {
  private final TransactionalStore store;
  private final KeyLayout layout;
  private final Policy policy;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final LongSupplier seeds;

  /**
   * The use case on a store.
   *
   * @param store what to diagnose; not closed here
   * @param layout how keys are named
   * @param policy how far clocks may be apart
   * @param clock tells the time
   * @param nanoTime tells how long something takes, as {@link System#nanoTime} does
   * @param seeds a number for each diagnosis, unlike those of others at the same time
   */
  public DiagnoseStore(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      InstantSource clock,
      LongSupplier nanoTime,
      LongSupplier seeds) {
    this.store = store;
    this.layout = layout;
    this.policy = policy;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.seeds = seeds;
  }

  /**
   * Diagnoses the store.
   *
   * @param region whose keys the trial keys are served with; need not exist
   * @param listener is told of each check
   * @return whether the store can be used
   */
  public Diagnosis diagnose(Region region, DoctorListener listener) {
    return new Run(region, listener).run();
  }

  /** One diagnosis. */
  private final class Run {
    private final Region region;
    private final DoctorListener listener;
    private final Optional<StoreDiagnostics> diagnostics;
    private final String name = "%d-%x".formatted(clock.millis(), seeds.getAsLong());
    private final List<Trial> trials = new ArrayList<>();
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private List<String> leftBehind = List.of();

    Run(Region region, DoctorListener listener) {
      this.region = region;
      this.listener = listener;
      this.diagnostics =
          store instanceof StoreDiagnostics told ? Optional.of(told) : Optional.empty();
    }

    Diagnosis run() {
      if (isReached() && tryWays()) {
        diagnostics
            .map(told -> told.check(groups()))
            .orElseGet(() -> List.of(Check.warn(
                "store",
                "this store tells nothing of itself",
                "ask whoever runs it what it keeps, and what it forgets")))
            .forEach(this::report);
      }
      return diagnosis();
    }

    private void report(Check check) {
      verdicts.merge(check.verdict(), 1, Integer::sum);
      listener.checked(check);
    }

    private Diagnosis diagnosis() {
      int warnings = verdicts.getOrDefault(Verdict.WARN, 0);
      int failures = verdicts.getOrDefault(Verdict.FAIL, 0);
      int all = verdicts.getOrDefault(Verdict.PASS, 0) + warnings + failures;
      if (failures > 0) {
        return new Diagnosis.Unfit(all, warnings, failures);
      }
      return warnings > 0 ? new Diagnosis.AtRisk(all, warnings) : new Diagnosis.Sound(all);
    }

    private boolean isReached() {
      List<Check> checks = new Reach(store, layout.trial(region, name), nanoTime).checks();
      checks.forEach(this::report);
      return checks.stream().noneMatch(check -> check.verdict() == Verdict.FAIL);
    }

    private Reach reach() {
      return new Reach(store, layout.trial(region, name), nanoTime);
    }

    private List<CommitWay> ways() {
      return diagnostics
          .map(StoreDiagnostics::commitWays)
          .orElseGet(() -> List.of(new CommitWay("", store, "")));
    }

    /** Whether there is use in asking the store anything more. */
    private boolean tryWays() {
      boolean answers;
      try {
        answers = tryWays(StoreClock.of(ways(), layout.trial(region, name), clock));
      } finally {
        // Also if the listener has thrown, which is told of nothing more then.
        leftBehind = cleanUp();
      }
      report(cleanUpCheck());
      return answers;
    }

    private boolean tryWays(StoreClock storeClock) {
      report(storeClock.check(policy));
      List<WayReport> reports = new ArrayList<>();
      for (CommitWay way : ways()) {
        Trial trial = new Trial(
            way.store(),
            new TrialKeys(layout, region, name + "-" + reports.size(), storeClock.millis()));
        trials.add(trial);
        WayReport report = WayReport.of(way, trial);
        reports.add(report);
        if (report.isUnanswered()) {
          break;
        }
      }
      Commits commits = new Commits(reports);
      commits.checks().forEach(this::report);
      commits
          .used()
          .ifPresent(
              used -> new TriedReads(store, trials.get(reports.indexOf(used)).keys())
                  .checks()
                  .forEach(this::report));
      if (commits.isUnanswered()) {
        return false;
      }
      report(reach().scan(layout.trial(region, name).name()));
      return true;
    }

    private List<String> cleanUp() {
      // An interrupt that is pending would keep an adapter from waiting for the answer.
      boolean interrupted = Thread.interrupted();
      try {
        return trials.stream().flatMap(trial -> trial.cleanUp().stream()).toList();
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private Check cleanUpCheck() {
      return leftBehind.isEmpty()
          ? Check.pass("cleanup", "nothing is left behind")
          : Check.warn(
              "cleanup",
              String.join("; ", leftBehind),
              "nothing: it expires within %d minutes"
                  .formatted(TrialKeys.LIFETIME_MILLIS / 60_000));
    }

    private List<KeyGroup> groups() {
      return Arrays.stream(KeyLayout.values())
          .map(each -> new KeyGroup(
              each.toString(),
              List.of(
                  each.idView(region, new SnapshotId("any")),
                  each.timestampView(region, clock.millis()),
                  each.index(region),
                  each.pointer(region),
                  each.live(region),
                  each.claim(region, new TriggerReason("any"), 0)),
              each == layout))
          .toList();
    }
  }
}
