package io.regionsnap.proof.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.ports.Key;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.history.TimeHistory.Persist;
import io.regionsnap.proof.history.TimeHistory.Unit;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.testkit.ReferenceModel;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Plays a history in which clocks disagree and times are told in the wrong unit, one writer after
 * the other. The writer must be told what the reference model says, which knows both clocks; what
 * is not persisted changes no key. Not thread-safe.
 */
public final class TimePlayer {
  private static final long BUCKET_MILLIS = Judge.POLICY.bucket().toMillis();

  private final Environment environment;
  private final KeyLayout layout;
  private final Judge judge;
  private final long beginMillis = System.currentTimeMillis() / BUCKET_MILLIS * BUCKET_MILLIS;

  /**
   * A player in an environment, which it empties.
   *
   * @param environment where to play
   * @param layout how keys are named
   */
  public TimePlayer(Environment environment, KeyLayout layout) {
    this.environment = environment;
    this.layout = layout;
    this.judge = new Judge(layout, Histories.REGIONS);
    environment.clear();
  }

  /**
   * Plays a history.
   *
   * @param history its steps
   * @throws AssertionError if a writer was told something else than it must be, or a region is not
   *     whole
   */
  public void play(List<Persist> history) {
    environment.tally().count(Figure.HISTORIES);
    environment.tally().judging(() -> history.forEach(this::play));
  }

  private void play(Persist step) {
    Snapshot snapshot = snapshot(step);
    if (step.unit() != Unit.MILLISECONDS) {
      // Whoever reads the document finds out; whoever does not is refused all the same.
      assertThat(SnapshotDocuments.PARSER.parse(snapshot.body()))
          .isInstanceOf(SnapshotParser.Refused.class);
      environment.tally().struck(Fault.WRONG_UNIT);
    }
    if (!step.ahead().isZero()) {
      environment.tally().struck(Fault.CLOCKS_APART);
    }
    persist(snapshot, step.ahead());
  }

  private void persist(Snapshot snapshot, Duration ahead) {
    Map<Key, ObservedKey> before = environment.keys();
    List<RegionState> statesBefore = judge.states(before);
    ReferenceModel model = ReferenceModel.of(Judge.POLICY, layout, statesBefore);
    ReferenceModel modelLater = model.copy();
    String expected = persist(model, snapshot, ahead);
    Writer writer = new Writer(layout, environment.tally(), Clock.offset(Clock.systemUTC(), ahead));
    Writer.Call call = writer.persist(environment.store(), Writer.PATIENTLY, List.of(snapshot));
    Map<Key, ObservedKey> after = environment.keys();
    environment.tally().count(Figure.OBSERVATIONS);
    List<RegionState> states = judge.requireWhole(after);
    assertThat(judge.violations(statesBefore, states)).as("step").isEmpty();
    String word = Operation.wordFor(call.outcomes().get(0));
    // What a slow machine leaves in doubt may have been done before it was asked for again.
    if (call.inDoubt() && word.equals("already persisted")) {
      word = "persisted";
    }
    assertThat(word)
        .as("%s, by a clock %s ahead", snapshot, ahead)
        .isIn(expected, persist(modelLater, snapshot, ahead));
    if (word.equals("persisted")) {
      assertThat(judge.traces(snapshot, after)).as("traces").isEqualTo(3);
    } else {
      assertThat(after).as("keys after %s", word).isEqualTo(before);
    }
  }

  private static String persist(ReferenceModel model, Snapshot snapshot, Duration ahead) {
    long now = System.currentTimeMillis();
    return model.persist(snapshot, now + ahead.toMillis(), now);
  }

  private Snapshot snapshot(Persist step) {
    Step.Draft draft = step.draft();
    return draft.at(step.unit().of(beginMillis + draft.offset().toMillis()));
  }
}
