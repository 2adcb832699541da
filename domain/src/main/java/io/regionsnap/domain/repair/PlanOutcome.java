package io.regionsnap.domain.repair;

import java.util.function.Function;

/** What became of planning a repair. */
public sealed interface PlanOutcome {
  /**
   * There is a plan.
   *
   * @param plan the plan; without steps if nothing is wrong
   */
  record Planned(RepairPlan plan) implements PlanOutcome {}

  /**
   * Something could not be read, and without that there is no plan.
   *
   * @param message what, and why
   */
  record Unreadable(String message) implements PlanOutcome {}

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param planned for {@link Planned}
   * @param unreadable for {@link Unreadable}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super Planned, ? extends R> planned,
      Function<? super Unreadable, ? extends R> unreadable) {
    return this instanceof Planned outcome
        ? planned.apply(outcome)
        : unreadable.apply((Unreadable) this);
  }
}
