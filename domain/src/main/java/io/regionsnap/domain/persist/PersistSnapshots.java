package io.regionsnap.domain.persist;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.persist.PersistAttempt.Next;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Persists snapshots: each one wholly or not at all, independently of the others, all in one
 * commit.
 *
 * <p>What is in doubt is submitted again with the same guards, after a delay that grows, until the
 * deadline of the {@link RetryPolicy}; so is what the store could not do for the moment. The guards
 * make that safe: what had been applied is found already persisted.
 *
 * <p>Thread-safe. Blocks until every outcome is known or the deadline has passed.
 */
public final class PersistSnapshots {
  private final TransactionalStore store;
  private final KeyLayout layout;
  private final Policy policy;
  private final SnapshotParser parser;
  private final RetryPolicy retryPolicy;
  private final InstantSource clock;
  private final Pause pause;

  /**
   * The use case on a store.
   *
   * @param store where to persist; not closed here
   * @param layout how keys are named
   * @param policy how long things are kept
   * @param parser reads stored bodies, where drift makes that necessary
   * @param retryPolicy when to try again
   * @param clock tells the time
   * @param pause waits between tries
   */
  public PersistSnapshots(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      RetryPolicy retryPolicy,
      InstantSource clock,
      Pause pause) {
    this.store = store;
    this.layout = layout;
    this.policy = policy;
    this.parser = parser;
    this.retryPolicy = retryPolicy;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Persists snapshots. Those of one region are applied in the order of their timestamps, whatever
   * their order in the list.
   *
   * <p>If the thread is interrupted, nothing more is submitted, what is not settled by then is
   * reported as {@link PersistOutcome.Unknown} or refused as
   * {@link Refusal.Code#STORE_UNAVAILABLE}, and the thread's interrupt is set again.
   *
   * @param snapshots any number, also none
   * @return one outcome each, in the same order
   */
  public List<PersistOutcome> persist(List<Snapshot> snapshots) {
    long nowMillis = clock.millis();
    PersistPlanner planner = new PersistPlanner(layout, policy);
    List<Optional<Refusal>> refusals = new ArrayList<>();
    List<PersistAttempt> attempts = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      Optional<Refusal> refusal = policy.refusalOf(snapshot.generatedAtMillis(), nowMillis);
      refusals.add(refusal);
      if (refusal.isEmpty()) {
        attempts.add(new PersistAttempt(snapshot, layout, planner, nowMillis));
      }
    }
    settle(attempts);
    return outcomes(refusals, attempts);
  }

  private static List<PersistOutcome> outcomes(
      List<Optional<Refusal>> refusals, List<PersistAttempt> attempts) {
    List<PersistOutcome> outcomes = new ArrayList<>();
    int next = 0;
    for (Optional<Refusal> refusal : refusals) {
      outcomes.add(
          refusal.isPresent()
              ? new PersistOutcome.Refused(refusal.get())
              : attempts.get(next++).outcome());
    }
    return List.copyOf(outcomes);
  }

  private void settle(List<PersistAttempt> attempts) {
    List<PersistAttempt> ready = new ArrayList<>(attempts);
    ready.sort(
        Comparator.comparing((PersistAttempt attempt) -> attempt.snapshot().region())
            .thenComparing(attempt -> attempt.snapshot().generatedAtMillis()));
    List<PersistAttempt> waiting = new ArrayList<>();
    Wait wait = new Wait();
    while (!ready.isEmpty()) {
      ready = submit(ready, waiting);
      if (ready.isEmpty() && !waiting.isEmpty()) {
        if (wait.elapses()) {
          ready = waiting;
          waiting = new ArrayList<>();
        } else {
          waiting.forEach(PersistAttempt::giveUp);
        }
      }
    }
  }

  /** Submits what is ready; returns what is to be submitted at once, adds to what has to wait. */
  private List<PersistAttempt> submit(List<PersistAttempt> ready, List<PersistAttempt> waiting) {
    List<CommitResult> results =
        store.commit(ready.stream().map(PersistAttempt::transaction).toList());
    requireOneEach(ready.size(), results.size());
    List<PersistAttempt> again = new ArrayList<>();
    List<PersistAttempt> looking = new ArrayList<>();
    for (int i = 0; i < ready.size(); i++) {
      PersistAttempt attempt = ready.get(i);
      Next next = attempt.answered(results.get(i));
      if (next == Next.LOOK) {
        looking.add(attempt);
      } else {
        sort(attempt, next, again, waiting);
      }
    }
    look(looking, again, waiting);
    return again;
  }

  private void look(
      List<PersistAttempt> looking, List<PersistAttempt> again, List<PersistAttempt> waiting) {
    if (looking.isEmpty()) {
      return;
    }
    List<Query.Get> lookups = looking.stream().map(PersistAttempt::lookup).toList();
    List<ReadResult<Value>> answers = store.read(lookups);
    requireOneEach(lookups.size(), answers.size());
    for (int i = 0; i < looking.size(); i++) {
      PersistAttempt attempt = looking.get(i);
      sort(attempt, attempt.seen(answers.get(i), parser), again, waiting);
    }
  }

  private static void sort(
      PersistAttempt attempt, Next next, List<PersistAttempt> again, List<PersistAttempt> waiting) {
    if (next == Next.SUBMIT) {
      again.add(attempt);
    } else if (next == Next.WAIT) {
      waiting.add(attempt);
    }
  }

  private static void requireOneEach(int asked, int answered) {
    if (asked != answered) {
      throw new IllegalStateException(
          "the store gave %d answers to %d questions".formatted(answered, asked));
    }
  }

  /** The delays of one call, and its deadline. */
  private final class Wait {
    private final Instant start = clock.instant();
    private Duration waited = Duration.ZERO;
    private int retries;

    /** Waits for the next delay; false if there is no time for it, or the thread is interrupted. */
    boolean elapses() {
      Optional<Duration> delay = retryPolicy.delayBefore(retries, elapsed());
      if (delay.isEmpty()) {
        return false;
      }
      try {
        pause.await(delay.get());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
      waited = waited.plus(delay.get());
      retries++;
      return true;
    }

    /** By the clock, but no less than the waiting: a clock set back does not move the deadline. */
    private Duration elapsed() {
      Duration byClock = Duration.between(start, clock.instant());
      return byClock.compareTo(waited) > 0 ? byClock : waited;
    }
  }
}
