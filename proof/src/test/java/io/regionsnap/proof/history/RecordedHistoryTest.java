package io.regionsnap.proof.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.history.Step.Draft;
import io.regionsnap.proof.redis.RedisEnvironment;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.upstash.RestEnvironment;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.ReferenceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Linearizability on every store: three writers persist four snapshots each, one after the other,
 * with nothing wrong; when each call began and ended is recorded, and there must be an order that
 * respects those times and explains every answer. {@code -Dproof.seed} repeats a run's snapshots.
 */
class RecordedHistoryTest {
  private static final int WRITERS = 3;
  private static final int SNAPSHOTS = 4;
  private static final int HISTORIES = Integer.getInteger("proof.tries", 100);
  private static final Map<String, Supplier<Environment>> STORES = Map.of(
      "memory",
      LocalEnvironment::inMemory,
      "embedded",
      LocalEnvironment::embedded,
      "redis script",
      () -> RedisEnvironment.of(CommitMode.SCRIPT),
      "redis multi-exec",
      () -> RedisEnvironment.of(CommitMode.MULTI_EXEC),
      "upstash script",
      () -> new RestEnvironment(CommitMode.SCRIPT),
      // As long as nobody else writes, and these writers share one store.
      "upstash multi-exec",
      () -> new RestEnvironment(CommitMode.MULTI_EXEC));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory",
        "embedded",
        "redis script",
        "redis multi-exec",
        "upstash script",
        "upstash multi-exec"
      })
  void concurrentWriters_haveAnOrderThatExplainsEveryAnswer(String store) throws Exception {
    String given = System.getProperty("proof.seed", "");
    long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    System.out.printf("%s: recorded histories, seed %d%n", store, seed);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try (Environment environment = Objects.requireNonNull(STORES.get(store)).get()) {
      Random random = new Random(seed);
      for (int i = 0; i < HISTORIES; i++) {
        List<List<Snapshot>> plan = plan(random);
        environment.clear();
        List<Operation> operations = record(environment, plan, threads);
        environment.tally().count(Figure.HISTORIES);
        environment.tally().judging(() -> judge(environment, operations));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<List<Snapshot>> plan(Random random) {
    long begin = System.currentTimeMillis();
    List<List<Snapshot>> plan = new ArrayList<>();
    JqwikSession.run(() -> {
      var drafts = Histories.drafts().generator(1000);
      for (int writer = 0; writer < WRITERS; writer++) {
        List<Snapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < SNAPSHOTS; i++) {
          Draft draft = drafts.next(random).value();
          snapshots.add(draft.at(begin + draft.offset().toMillis()));
        }
        plan.add(snapshots);
      }
    });
    return plan;
  }

  private static List<Operation> record(
      Environment environment, List<List<Snapshot>> plan, ExecutorService threads)
      throws Exception {
    Writer writer = new Writer(KeyLayout.TAGGED, environment.tally());
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Future<List<Operation>>> running = new ArrayList<>();
    for (List<Snapshot> snapshots : plan) {
      running.add(threads.submit(() -> {
        start.await();
        List<Operation> operations = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
          long from = System.nanoTime();
          Writer.Call call =
              writer.persist(environment.store(), Writer.PATIENTLY, List.of(snapshot));
          operations.add(new Operation(
              snapshot,
              from,
              System.nanoTime(),
              Operation.wordFor(call.outcomes().get(0)),
              call.inDoubt()));
        }
        return operations;
      }));
    }
    List<Operation> operations = new ArrayList<>();
    for (Future<List<Operation>> writing : running) {
      operations.addAll(writing.get());
    }
    return operations;
  }

  private static void judge(Environment environment, List<Operation> operations) {
    Judge judge = new Judge(KeyLayout.TAGGED, Histories.REGIONS);
    ReferenceModel after =
        ReferenceModel.of(Judge.POLICY, KeyLayout.TAGGED, judge.requireWhole(environment.keys()));
    environment.tally().count(Figure.OBSERVATIONS);
    ReferenceModel before = new ReferenceModel(Judge.POLICY, KeyLayout.TAGGED);
    assertThat(Explanation.exists(before, operations, after, System.currentTimeMillis()))
        .as("no order explains %s%nafter: %s", operations, after.contents())
        .isTrue();
  }
}
