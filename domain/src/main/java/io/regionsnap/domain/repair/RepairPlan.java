package io.regionsnap.domain.repair;

import io.regionsnap.domain.audit.Finding;
import java.util.List;

/**
 * What a repair would do.
 *
 * @param steps in order; those of one region follow each other, the newest snapshots first
 * @param findings everything that the audit found
 */
public record RepairPlan(List<RepairStep> steps, List<Finding> findings) {
  /** Copies the lists. */
  public RepairPlan {
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }
}
