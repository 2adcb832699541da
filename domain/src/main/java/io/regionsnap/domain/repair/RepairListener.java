package io.regionsnap.domain.repair;

import io.regionsnap.domain.audit.AuditListener;

/** Is told of a repair while it goes on, by the thread that runs it. */
public interface RepairListener extends AuditListener {
  /**
   * A plan was made.
   *
   * @param plan the plan
   */
  default void planned(RepairPlan plan) {}

  /**
   * A step was tried.
   *
   * @param step the step
   * @param outcome what became of it
   */
  default void tried(RepairStep step, StepOutcome outcome) {}
}
