package io.regionsnap.domain.doctor;

import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.CommitWay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a way to commit was found to keep of what it promises. Used by one thread. */
final class WayReport {
  static final String TRANSACTION = "transaction";
  static final String FAILED_GUARD = "failed-guard";
  static final String WRONG_KIND = "wrong-kind";

  private final CommitWay way;
  private final Map<String, TrialOutcome> outcomes = new LinkedHashMap<>();

  private WayReport(CommitWay way) {
    this.way = way;
  }

  /** Tries one promise after the other, and none after one that is not kept. */
  static WayReport of(CommitWay way, Trial trial) {
    WayReport report = new WayReport(way);
    boolean unused = report.tryOut(TRANSACTION, trial::transaction)
        && report.tryOut(FAILED_GUARD, trial::failedGuard)
        && report.tryOut(WRONG_KIND, trial::wrongKind);
    return report;
  }

  private boolean tryOut(String name, Supplier<TrialOutcome> promise) {
    TrialOutcome outcome = promise.get();
    outcomes.put(name, outcome);
    return outcome instanceof TrialOutcome.Kept;
  }

  CommitWay way() {
    return way;
  }

  boolean isKept() {
    return outcomes.values().stream().allMatch(TrialOutcome.Kept.class::isInstance);
  }

  /** Whether the store goes on to its next way instead. */
  boolean isRefused() {
    return outcomes.values().stream().anyMatch(TrialOutcome.Refused.class::isInstance);
  }

  boolean isUnanswered() {
    return outcomes.values().stream().anyMatch(TrialOutcome.Unanswered.class::isInstance);
  }

  /**
   * The checks of this way.
   *
   * @param needed whether commits would go this way, or there is no other
   */
  List<Check> checks(boolean needed) {
    List<Check> checks = new ArrayList<>();
    outcomes.forEach((promise, outcome) -> checks.add(
        check(way.name().isEmpty() ? promise : way.name() + "-" + promise, outcome, needed)));
    return checks;
  }

  private static Check check(String name, TrialOutcome outcome, boolean needed) {
    return outcome.match(
        kept -> Check.pass(name, kept.seen()),
        refused -> bad(
            name,
            needed,
            "refused: " + refused.message(),
            "give this user or token what it lacks; one that may only read cannot persist"),
        unanswered -> bad(
            name,
            needed,
            unanswered.message(),
            "see that the store takes writes and answers, then try again"),
        broken -> bad(
            name,
            needed,
            broken.seen(),
            "do not use this store: it does not keep what it promises; or somebody else writes to"
                + " keys of the doctor"));
  }

  private static Check bad(String name, boolean needed, String seen, String advice) {
    return needed
        ? Check.fail(name, seen, advice)
        : Check.warn(name, seen, "nothing, as long as commits go another way; otherwise " + advice);
  }
}
