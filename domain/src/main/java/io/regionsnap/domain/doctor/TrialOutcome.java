package io.regionsnap.domain.doctor;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import java.util.function.Function;

/** What became of one promise that was tried. */
sealed interface TrialOutcome {

  /** It was kept. */
  record Kept(String seen) implements TrialOutcome {}

  /** The store would not let this user try, and never will. */
  record Refused(String message) implements TrialOutcome {}

  /** The store did not say what happened, or could not do it now: there is no use going on. */
  record Unanswered(String message) implements TrialOutcome {}

  /** It was broken. */
  record Broken(String seen) implements TrialOutcome {}

  /** A result that was not the promised one. */
  static TrialOutcome unexpected(CommitResult result) {
    return result.match(
        () -> new Broken("a transaction was applied that should not have been"),
        guardFailed -> new Broken("a guard failed that holds: " + guardFailed.observed()),
        notApplied -> notApplied
            .reason()
            .match(
                wrongKind ->
                    new Broken("refused for a wrong kind that is none: " + wrongKind.key()),
                TrialOutcome::unavailable,
                rejected -> new Refused(rejected.message())),
        inDoubt -> new Unanswered(inDoubt.message()),
        torn -> new Broken("a transaction was applied in part: " + torn.message()));
  }

  private static TrialOutcome unavailable(StoreRefusal.Unavailable unavailable) {
    return new Unanswered(unavailable.message());
  }

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param kept for {@link Kept}
   * @param refused for {@link Refused}
   * @param unanswered for {@link Unanswered}
   * @param broken for {@link Broken}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super Kept, ? extends R> kept,
      Function<? super Refused, ? extends R> refused,
      Function<? super Unanswered, ? extends R> unanswered,
      Function<? super Broken, ? extends R> broken) {
    if (this instanceof Kept outcome) {
      return kept.apply(outcome);
    } else if (this instanceof Refused outcome) {
      return refused.apply(outcome);
    } else if (this instanceof Unanswered outcome) {
      return unanswered.apply(outcome);
    } else {
      return broken.apply((Broken) this);
    }
  }
}
