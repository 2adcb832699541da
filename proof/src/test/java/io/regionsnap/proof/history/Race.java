package io.regionsnap.proof.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several writers at once, and a reader of the raw keys who looks as often as it can. */
final class Race {
  private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "race");
    thread.setDaemon(true);
    return thread;
  });

  private final Environment environment;
  private final Writer writer;
  private final Judge judge;

  Race(Environment environment, Writer writer, Judge judge) {
    this.environment = environment;
    this.writer = writer;
    this.judge = judge;
  }

  /** Persists a batch by each writer. */
  List<Operation> run(
      List<List<Snapshot>> batches, RetryPolicy retry, boolean blind, List<RegionState> before) {
    if (batches.size() == 1) {
      return persist(batches.get(0), retry);
    }
    CyclicBarrier start = new CyclicBarrier(batches.size());
    List<Future<List<Operation>>> running = new ArrayList<>();
    for (List<Snapshot> batch : batches) {
      running.add(THREADS.submit(() -> {
        start.await();
        return persist(batch, retry);
      }));
    }
    while (!blind
        && environment.readsMeanwhile()
        && running.stream().anyMatch(writing -> !writing.isDone())) {
      List<RegionState> meanwhile = judge.requireWhole(environment.keys());
      environment.tally().count(Figure.OBSERVATIONS);
      assertThat(judge.violations(before, meanwhile)).as("a step, meanwhile").isEmpty();
    }
    return running.stream().flatMap(writing -> await(writing).stream()).toList();
  }

  private static List<Operation> await(Future<List<Operation>> writing) {
    try {
      return writing.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writers wrote", e);
    } catch (ExecutionException e) {
      throw new AssertionError("a writer failed", e.getCause());
    }
  }

  private List<Operation> persist(List<Snapshot> batch, RetryPolicy retry) {
    long from = System.nanoTime();
    Writer.Call call = writer.persist(environment.store(), retry, batch);
    long to = System.nanoTime();
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String word = Operation.wordFor(call.outcomes().get(i));
      operations.add(new Operation(
          batch.get(i),
          from,
          word.equals(Operation.UNKNOWN) ? Long.MAX_VALUE : to,
          word,
          call.inDoubt()));
    }
    return operations;
  }
}
