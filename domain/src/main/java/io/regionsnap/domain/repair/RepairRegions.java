package io.regionsnap.domain.repair;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.audit.AuditListener;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.audit.Drift;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.audit.UnreadableException;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.TransactionalStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mends drift in regions, by guarded transactions: no reader sees a step half done, and one that
 * others have made stale does nothing.
 *
 * <p>No bytes that a view holds are ever destroyed before the same bytes lie elsewhere. What cannot
 * be placed is moved into quarantine, where it stays for a year; so there is no lossy step.
 *
 * <p>What a repair has mended, a second one leaves alone. One that was interrupted is resumed by
 * another: each step is whole by itself.
 *
 * <p>Thread-safe. Needs memory for what is drifted, not for bodies. Blocks.
 */
public final class RepairRegions {
  /** How often it audits and mends before it says that others keep writing. */
  private static final int MOST_ROUNDS = 5;

  private static final int MOST_CLUSTERS = 100;

  /** After every name of a region: a pointer may lead there until its region is mended. */
  private static final String HOMELESS = "~";

  private final TransactionalStore store;
  private final KeyLayout layout;
  private final Policy policy;
  private final SnapshotParser parser;
  private final RetryPolicy retryPolicy;
  private final InstantSource clock;
  private final Pause pause;
  private final AuditRegions audit;
  private final int mostClusters;
  private final AtomicLong lastQuarantine = new AtomicLong();

  /**
   * The use case on a store.
   *
   * @param store what to repair; not closed here
   * @param layout how keys are named
   * @param policy how long things are kept
   * @param parser reads stored bodies
   * @param retryPolicy when to try a step again that the store could not do for the moment
   * @param clock tells the time
   * @param pause waits between tries
   */
  public RepairRegions(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      RetryPolicy retryPolicy,
      InstantSource clock,
      Pause pause) {
    this(store, layout, policy, parser, retryPolicy, clock, pause, MOST_CLUSTERS);
  }

  private RepairRegions(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      RetryPolicy retryPolicy,
      InstantSource clock,
      Pause pause,
      int mostClusters) {
    this.store = store;
    this.layout = layout;
    this.policy = policy;
    this.parser = parser;
    this.retryPolicy = retryPolicy;
    this.clock = clock;
    this.pause = pause;
    this.audit = new AuditRegions(store, layout, policy, parser, clock);
    this.mostClusters = mostClusters;
  }

  /**
   * The same, in other steps. However small they are, no reader sees anything but the old or the
   * new latest snapshot.
   *
   * @param snapshots how many snapshots one step mends at most, but for the first step of a region,
   *     which mends whatever may be the latest
   * @return another use case on the same store
   */
  public RepairRegions inStepsOf(int snapshots) {
    return new RepairRegions(store, layout, policy, parser, retryPolicy, clock, pause, snapshots);
  }

  /**
   * Plans a repair. Changes nothing.
   *
   * @param regions which; empty for all, and for what belongs to none
   * @param listener is told what is found
   * @return the plan, or why there is none
   */
  public PlanOutcome plan(Optional<? extends Collection<Region>> regions, AuditListener listener) {
    Map<String, List<Drift>> drifts = new TreeMap<>();
    List<Finding> findings = new ArrayList<>();
    AuditListener collecting = new AuditListener() {
      @Override
      public void region(Region region) {
        listener.region(region);
      }

      @Override
      public void drifted(Drift drift) {
        listener.drifted(drift);
        findings.addAll(drift.findings());
        drifts
            .computeIfAbsent(
                drift.region().map(Region::name).orElse(HOMELESS), none -> new ArrayList<>())
            .add(drift);
      }

      @Override
      public void looked(long keys) {
        listener.looked(keys);
      }
    };
    AuditOutcome outcome =
        regions.isPresent() ? audit.audit(regions.get(), collecting) : audit.audit(collecting);
    return outcome.match(
        complete -> plan(drifts, findings),
        cutShort -> new PlanOutcome.Unreadable(cutShort.message()));
  }

  private PlanOutcome plan(Map<String, List<Drift>> drifts, List<Finding> findings) {
    Quarantine quarantine = new Quarantine(layout, clock.millis(), lastQuarantine);
    List<RepairStep> steps = new ArrayList<>();
    try {
      drifts.forEach((region, some) -> steps.addAll(
          region.equals(HOMELESS)
              ? new HomelessPlanner(layout, audit.look(new Region("any")), quarantine).plan(some)
              : new RegionPlanner(
                      layout,
                      policy,
                      parser,
                      audit.look(new Region(region)),
                      quarantine,
                      mostClusters)
                  .plan(some)));
    } catch (UnreadableException e) {
      return new PlanOutcome.Unreadable(String.valueOf(e.getMessage()));
    }
    return new PlanOutcome.Planned(new RepairPlan(steps, findings));
  }

  /**
   * Applies a step, if everything is still as it was seen. What is in doubt, and what the store
   * cannot do for the moment, is tried again until the deadline of the retry policy.
   *
   * @param step the step
   * @return what became of it
   */
  public StepOutcome apply(RepairStep step) {
    return new StepAttempt(store, retryPolicy, clock, pause).apply(step);
  }

  /**
   * Audits, plans and mends, until nothing is left to mend or others write faster than that.
   *
   * @param regions which; empty for all, and for what belongs to none
   * @param listener is told what is found and done
   * @return how it ended
   */
  public RepairOutcome repair(
      Optional<? extends Collection<Region>> regions, RepairListener listener) {
    return plan(regions, listener)
        .match(
            planned -> repair(planned.plan(), regions, listener),
            unreadable -> new RepairOutcome.Failed(0, unreadable.message()));
  }

  /**
   * Mends as a plan says, then audits and plans again, until nothing is left to mend or others
   * write faster than that.
   *
   * @param first the plan to begin with
   * @param regions those that the plan was made for
   * @param listener is told what is found and done
   * @return how it ended
   */
  public RepairOutcome repair(
      RepairPlan first, Optional<? extends Collection<Region>> regions, RepairListener listener) {
    RepairPlan plan = first;
    int applied = 0;
    for (int round = 0; ; round++) {
      listener.planned(plan);
      if (plan.findings().isEmpty()) {
        return new RepairOutcome.Clean(applied);
      } else if (plan.steps().isEmpty() || round == MOST_ROUNDS) {
        return new RepairOutcome.Left(applied, plan.findings());
      }
      Applying applying = new Applying(listener);
      plan.steps().forEach(applying::apply);
      applied += applying.applied;
      if (applying.failure.isPresent()) {
        return new RepairOutcome.Failed(applied, applying.failure.get());
      }
      PlanOutcome next = plan(regions, listener);
      if (next instanceof PlanOutcome.Unreadable unreadable) {
        return new RepairOutcome.Failed(applied, unreadable.message());
      }
      plan = ((PlanOutcome.Planned) next).plan();
    }
  }

  /** Applies the steps of one plan; of a region no more once one was stale. */
  private final class Applying {
    private final RepairListener listener;
    private final Set<Optional<Region>> stale = new HashSet<>();
    private Optional<String> failure = Optional.empty();
    private int applied;

    Applying(RepairListener listener) {
      this.listener = listener;
    }

    void apply(RepairStep step) {
      if (failure.isPresent() || stale.contains(step.region())) {
        return;
      }
      StepOutcome outcome = RepairRegions.this.apply(step);
      listener.tried(step, outcome);
      if (outcome instanceof StepOutcome.Applied) {
        applied++;
      } else if (outcome instanceof StepOutcome.Stale) {
        stale.add(step.region());
      } else {
        failure = Optional.of(((StepOutcome.Failed) outcome).message());
      }
    }
  }
}
