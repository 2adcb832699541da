package io.regionsnap.proof.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.history.Environment.Strike;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.testkit.ReferenceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Plays one history. After every step it looks at the raw keys: the regions must be whole, the step
 * must be one that is allowed, and what the writers were told and what is there must have an
 * {@link Explanation}. Not thread-safe.
 */
public final class Player {
  private static final long BUCKET_MILLIS = Judge.POLICY.bucket().toMillis();

  private final Environment environment;
  private final KeyLayout layout;
  private final Judge judge;
  private final Race race;
  private final long beginMillis = System.currentTimeMillis() / BUCKET_MILLIS * BUCKET_MILLIS;
  private final List<Snapshot> late = new ArrayList<>();
  private List<RegionState> before;

  /**
   * A player in an environment, which it empties.
   *
   * @param environment where to play
   * @param layout how keys are named
   */
  public Player(Environment environment, KeyLayout layout) {
    this.environment = environment;
    this.layout = layout;
    this.judge = new Judge(layout, Histories.REGIONS);
    this.race = new Race(environment, new Writer(layout, environment.tally()), judge);
    environment.clear();
    this.before = judge.states(environment.keys());
  }

  /**
   * Plays a history.
   *
   * @param history its steps
   * @throws AssertionError if something that always holds does not
   */
  public void play(List<Step> history) {
    environment.tally().count(Figure.HISTORIES);
    environment.tally().judging(() -> {
      history.forEach(this::play);
      // What was kept back arrives in the end, whatever the history.
      play(new Step.DeliverLate());
    });
  }

  private void play(Step step) {
    if (step instanceof Step.Persist persist) {
      play(persist);
    } else if (step instanceof Step.PutLive live) {
      environment
          .raw()
          .putValue(
              layout.live(new Region(live.region())), Value.utf8("live"), OptionalLong.empty());
      before = judge.requireWhole(environment.keys());
    } else if (step instanceof Step.Idle idle) {
      Fault fault = idle.trouble().of(environment.faults());
      end(fault, environment.strike(fault, idle.trouble().where()));
      judge(List.of());
    } else {
      environment.deliverLate();
      judge(List.of());
      late.clear();
    }
  }

  private void play(Step.Persist step) {
    List<List<Snapshot>> batches = step.batches().stream()
        .map(batch -> batch.stream().map(this::snapshot).toList())
        .toList();
    List<Operation> operations;
    if (step.trouble().isPresent()) {
      Fault fault = step.trouble().get().of(environment.faults());
      Strike strike = environment.strike(fault, step.trouble().get().where());
      try {
        operations = race.run(batches, Writer.BRIEFLY, strike.blindsObserver(), before);
        if (fault == Fault.REQUEST_TWICE) {
          // The answer may be that to the second delivery.
          operations = operations.stream().map(Operation::asDisturbed).toList();
        }
      } finally {
        end(fault, strike);
      }
    } else {
      operations = race.run(batches, Writer.PATIENTLY, false, before);
      assertThat(operations)
          .as("nothing is wrong, so everything is known")
          .noneMatch(operation -> operation.word().equals(Operation.UNKNOWN)
              || operation.word().equals(Operation.NOTHING));
    }
    judge(operations);
    List<Snapshot> unsettled = operations.stream()
        .filter(operation -> operation.word().equals(Operation.UNKNOWN)
            || operation.word().equals(Operation.NOTHING))
        .map(Operation::snapshot)
        .toList();
    // A request that was kept back may arrive at any later time.
    if (step.trouble().isPresent()
        && step.trouble().get().of(environment.faults()) == Fault.REQUEST_LATE) {
      operations.forEach(operation -> late.add(operation.snapshot()));
    }
    if (step.retried()) {
      unsettled.forEach(this::retry);
    }
  }

  private void end(Fault fault, Strike strike) {
    environment.tally().struck(fault, strike.end());
    if (fault == Fault.SERVER_KILLED || fault == Fault.LOADING) {
      environment.tally().count(Figure.CRASHES);
    }
  }

  private void retry(Snapshot snapshot) {
    List<Operation> operations =
        race.run(List.of(List.of(snapshot)), Writer.PATIENTLY, false, before);
    assertThat(operations)
        .as("persisted again, with nothing wrong any more")
        .noneMatch(operation -> operation.word().equals(Operation.UNKNOWN)
            || operation.word().equals(Operation.NOTHING));
    judge(operations);
  }

  private Snapshot snapshot(Step.Draft draft) {
    return draft.at(beginMillis + draft.offset().toMillis());
  }

  private void judge(List<Operation> operations) {
    Map<Key, ObservedKey> keys = environment.keys();
    environment.tally().count(Figure.OBSERVATIONS);
    List<RegionState> after = judge.requireWhole(keys);
    assertThat(judge.violations(before, after)).as("step").isEmpty();
    List<Operation> all = new ArrayList<>(operations);
    late.forEach(snapshot ->
        all.add(new Operation(snapshot, Long.MIN_VALUE, Long.MAX_VALUE, Operation.UNKNOWN, true)));
    ReferenceModel modelBefore = ReferenceModel.of(Judge.POLICY, layout, before);
    ReferenceModel modelAfter = ReferenceModel.of(Judge.POLICY, layout, after);
    assertThat(Explanation.exists(modelBefore, all, modelAfter, System.currentTimeMillis()))
        .as(
            "no order of these operations explains what was answered and what is there:%n%s%n"
                + "before: %s%nafter: %s",
            all, modelBefore.contents(), modelAfter.contents())
        .isTrue();
    before = after;
  }
}
