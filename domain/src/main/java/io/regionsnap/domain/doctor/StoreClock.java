package io.regionsnap.domain.doctor;

import io.regionsnap.domain.Policy;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.CommitWay;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The store's clock, as a guard shows it that cannot hold; nothing is written for it.
 *
 * @param millis what it said, or this machine's where it is not known
 * @param aheadMillis how far it is ahead of this machine's, at least; negative if it is behind
 * @param unknown why it is not known; empty if it is
 */
record StoreClock(long millis, long aheadMillis, String unknown) {

  static StoreClock of(List<CommitWay> ways, Key key, InstantSource clock) {
    Transaction impossible = new Transaction(
        List.of(new Guard.StoreClockBefore(1)),
        // Should the guard be ignored, this has expired before it is there.
        List.of(new Write.Put(key, Value.utf8(""), 1)));
    String problem = "";
    for (CommitWay way : ways) {
      long before = clock.millis();
      CommitResult result = way.store().commit(List.of(impossible)).get(0);
      long after = clock.millis();
      if (result instanceof CommitResult.GuardFailed failed
          && failed.observed() instanceof Observation.Clock observed) {
        return new StoreClock(observed.millis(), ahead(observed.millis(), before, after), "");
      }
      problem = problem(result);
      if (result instanceof CommitResult.InDoubt) {
        break;
      }
    }
    return new StoreClock(clock.millis(), 0, problem);
  }

  /** The answer was on its way for some of the time in between. */
  private static long ahead(long seen, long before, long after) {
    return seen > after ? seen - after : Math.min(0, seen - before);
  }

  private static String problem(CommitResult result) {
    return TrialOutcome.unexpected(result)
        .match(
            kept -> "",
            TrialOutcome.Refused::message,
            TrialOutcome.Unanswered::message,
            TrialOutcome.Broken::seen);
  }

  Check check(Policy policy) {
    if (!unknown.isEmpty()) {
      return Check.warn(
          "clock",
          "the store's clock is not visible: " + unknown,
          "see that the store's machine and this one set their clocks by the network");
    }
    Duration apart = Duration.ofMillis(Math.abs(aheadMillis));
    String seen = "the store's clock is %.1f s %s of this machine's"
        .formatted(apart.toMillis() / 1000.0, aheadMillis < 0 ? "behind" : "ahead");
    if (aheadMillis >= policy.claimLifetime().toMillis()) {
      return Check.fail(
          "clock", seen, "set the clocks right: with clocks so far apart nothing is persisted");
    }
    return apart.compareTo(AuditRegions.TOLERANCE) > 0
        ? Check.warn(
            "clock", seen, "set the clocks right: keys expire too early or too late by as much")
        : Check.pass(
            "clock", aheadMillis == 0 ? "the store's clock agrees with this machine's" : seen);
  }
}
