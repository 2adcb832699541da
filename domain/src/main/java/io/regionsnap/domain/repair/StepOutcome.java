package io.regionsnap.domain.repair;

import java.util.function.Function;
import java.util.function.Supplier;

/** What became of one step. */
public sealed interface StepOutcome {
  /** All of it was done. */
  record Applied() implements StepOutcome {}

  /**
   * Nothing was done: something has changed since the plan was made. After an answer that was lost,
   * it may be that the step itself had been applied; another audit tells.
   *
   * @param message what has changed
   */
  record Stale(String message) implements StepOutcome {}

  /**
   * It could not be done, or nobody knows whether it was; trying for longer does not help.
   *
   * @param message why
   */
  record Failed(String message) implements StepOutcome {}

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param applied for {@link Applied}
   * @param stale for {@link Stale}
   * @param failed for {@link Failed}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Supplier<? extends R> applied,
      Function<? super Stale, ? extends R> stale,
      Function<? super Failed, ? extends R> failed) {
    if (this instanceof Stale outcome) {
      return stale.apply(outcome);
    } else if (this instanceof Failed outcome) {
      return failed.apply(outcome);
    }
    return applied.get();
  }
}
