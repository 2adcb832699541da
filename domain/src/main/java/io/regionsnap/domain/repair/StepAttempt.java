package io.regionsnap.domain.repair;

import io.regionsnap.domain.Quoted;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The applying of one step, from reading the bytes that it needs to its outcome. */
final class StepAttempt {
  private final TransactionalStore store;
  private final RetryPolicy retryPolicy;
  private final InstantSource clock;
  private final Pause pause;

  StepAttempt(TransactionalStore store, RetryPolicy retryPolicy, InstantSource clock, Pause pause) {
    this.store = store;
    this.retryPolicy = retryPolicy;
    this.clock = clock;
    this.pause = pause;
  }

  /** One try: an outcome, or why it is worth another. */
  private record Try(Optional<StepOutcome> outcome, String problem) {
    static Try ended(StepOutcome outcome) {
      return new Try(Optional.of(outcome), "");
    }

    static Try again(String problem) {
      return new Try(Optional.empty(), problem);
    }
  }

  StepOutcome apply(RepairStep step) {
    Instant start = clock.instant();
    Duration waited = Duration.ZERO;
    for (int retry = 0; ; retry++) {
      Try last = attempt(step);
      if (last.outcome().isPresent()) {
        return last.outcome().get();
      }
      Duration elapsed = Duration.between(start, clock.instant());
      Optional<Duration> delay =
          retryPolicy.delayBefore(retry, elapsed.compareTo(waited) > 0 ? elapsed : waited);
      if (delay.isEmpty() || !waited(delay.get())) {
        return new StepOutcome.Failed(last.problem());
      }
      waited = waited.plus(delay.get());
    }
  }

  private boolean waited(Duration delay) {
    try {
      pause.await(delay);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Try attempt(RepairStep step) {
    List<Key> keys = step.seen().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Seen.Bytes)
        .map(Map.Entry::getKey)
        .toList();
    List<ReadResult<Value>> results = keys.isEmpty()
        ? List.of()
        : store.read(keys.stream().map(Query.Get::new).toList());
    Map<Key, Value> values = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      if (results.get(i) instanceof ReadResult.Unreadable<Value> unreadable) {
        return Try.again("%s: %s".formatted(key, unreadable.message()));
      } else if (!(results.get(i) instanceof ReadResult.Found<Value> found)
          || !Seen.Bytes.of(found.value()).equals(step.seen().get(key))) {
        return Try.ended(new StepOutcome.Stale(key + " has changed"));
      } else {
        values.put(key, found.value());
      }
    }
    return commit(step, values);
  }

  private Try commit(RepairStep step, Map<Key, Value> values) {
    Transaction transaction = new StepTransaction(step, values).transaction();
    return store
        .commit(List.of(transaction))
        .get(0)
        .match(
            () -> Try.ended(new StepOutcome.Applied()),
            failed -> Try.ended(
                new StepOutcome.Stale(changed(transaction.guards().get(failed.guardIndex())))),
            refused -> refused
                .reason()
                .match(
                    wrong -> Try.ended(
                        new StepOutcome.Stale(wrong.key() + " is of another kind by now")),
                    unavailable -> Try.again(unavailable.message()),
                    rejected -> Try.ended(new StepOutcome.Failed(rejected.message()))),
            doubt -> Try.again(doubt.message()),
            torn -> Try.ended(new StepOutcome.Stale("torn: " + torn.message())));
  }

  /** What has happened since the plan was made, if a guard does not hold. */
  private static String changed(Guard guard) {
    if (guard instanceof Guard.Absent absent) {
      return absent.key() + " exists by now";
    } else if (guard instanceof Guard.Equal equal) {
      return equal.key() + " has changed";
    } else if (guard instanceof Guard.Contains contains) {
      return "%s no longer has %s at %d"
          .formatted(
              contains.index(),
              Quoted.of(contains.entry().member()),
              contains.entry().score());
    } else if (guard instanceof Guard.WithinSpan within) {
      return within.index() + " has a newer snapshot by now";
    }
    return "what it puts has expired by now";
  }
}
