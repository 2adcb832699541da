package io.regionsnap.proof.controls;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.history.ForeignHistory;
import io.regionsnap.proof.history.ForeignPlayer;
import io.regionsnap.proof.history.Histories;
import io.regionsnap.proof.history.Player;
import io.regionsnap.proof.redis.Breakage.Direction;
import io.regionsnap.proof.redis.Cuts;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.proof.redis.RedisEnvironment;
import io.regionsnap.proof.report.Detection;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.testkit.SnapshotDocuments;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The properties, on stores that they must not hold for: each must catch each. */
class ControlGroupTest {
  private static final int MOST_TRIES = 2000;

  /** The stores. */
  enum Control {
    PIPELINE("pipeline", bench -> new PipelineStore(bench, false)),
    MULTI_EXEC("pipeline as multi-exec", bench -> new PipelineStore(bench, true)),
    UNCHECKED_SCRIPT("script without checks", UncheckedScriptStore::new);

    private final String label;
    private final Function<RedisBench, TransactionalStore> opening;

    Control(String label, Function<RedisBench, TransactionalStore> opening) {
      this.label = label;
      this.opening = opening;
    }
  }

  @ParameterizedTest
  @EnumSource
  void sunnyDay_noPropertyIsViolated(Control control) {
    try (RedisBench bench = RedisBench.start();
        TransactionalStore store = control.opening.apply(bench)) {
      Writer writer = new Writer(KeyLayout.TAGGED, Ledger.ofNobody());
      Judge judge = new Judge(KeyLayout.TAGGED, List.of("mena"));
      long now = System.currentTimeMillis();
      for (int i = 0; i < 4; i++) {
        writer.persist(
            store,
            Writer.ONCE,
            SnapshotDocuments.snapshot(
                "mena", "id-" + i, now - (4 - i) * 3_600_000L, "scheduled_6h", "a"));
        assertThat(judge.requireWhole(bench.keys()).get(0).entries()).hasSize(i + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void cuts_catchIt(Control control) {
    try (RedisBench bench = RedisBench.start();
        TransactionalStore store = control.opening.apply(bench)) {
      Cuts cuts = new Cuts(bench, store, Ledger.ofNobody(), 10);
      seek(
          control,
          "cuts",
          number -> cuts.cut(
              number % 2 == 0 ? Direction.REQUEST : Direction.ANSWER, number / 2 * 20, true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomHistories_catchIt(Control control) {
    try (RedisEnvironment environment = open(control)) {
      seek(
          control,
          "random histories",
          histories(
              size -> Histories.histories(size),
              history -> new Player(environment, KeyLayout.TAGGED).play(history)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void foreignWriters_catchIt(Control control) {
    try (RedisEnvironment environment = open(control)) {
      seek(
          control,
          "foreign writers",
          histories(
              size -> ForeignHistory.histories(1 + size),
              history -> new ForeignPlayer(environment, KeyLayout.TAGGED).play(history)));
    }
  }

  private static RedisEnvironment open(Control control) {
    return RedisEnvironment.of(
        control.label,
        List.of(Fault.REQUEST_CUT, Fault.ANSWER_CUT, Fault.CONNECTION_REFUSED),
        control.opening);
  }

  /** Short histories first, so that what is found is easy to read. */
  private static <T> LongConsumer histories(
      Function<Integer, Arbitrary<List<T>>> longest, Consumer<List<T>> property) {
    return number -> JqwikSession.run(() -> {
      int size = (int) Math.min(10, 1 + number / 15);
      List<T> history =
          longest.apply(size).generator(1000).next(new Random(number)).value();
      try {
        property.accept(history);
      } catch (AssertionError e) {
        throw new AssertionError(history + " ends in " + e.getMessage(), e);
      }
    });
  }

  private static void seek(Control control, String property, LongConsumer attempt) {
    Detection detection = new Detection(control.label, property, 0, "");
    for (int tries = 1; tries <= MOST_TRIES && detection.tries() == 0; tries++) {
      try {
        attempt.accept(tries);
      } catch (AssertionError e) {
        detection = new Detection(control.label, property, tries, String.valueOf(e.getMessage()));
      }
    }
    Ledger.note(detection);
    System.out.printf(
        "%s, %s: %d tries%n%s%n", control.label, property, detection.tries(), detection.finding());
    assertThat(detection.tries()).as("%s catch %s", property, control.label).isPositive();
  }
}
