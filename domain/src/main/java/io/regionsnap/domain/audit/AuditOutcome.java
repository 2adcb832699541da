package io.regionsnap.domain.audit;

import java.util.function.Function;

/** How an audit ended. */
public sealed interface AuditOutcome {
  /**
   * What was looked at.
   *
   * @param regions how many regions
   * @param snapshots how many members of their indexes
   * @param findings how many findings
   * @param quarantined how many keys lie in quarantine; of all regions
   */
  record Totals(int regions, long snapshots, long findings, long quarantined) {}

  /**
   * Everything was looked at.
   *
   * @param totals how much
   */
  record Complete(Totals totals) implements AuditOutcome {}

  /**
   * Something could not be read, so that nothing can be said of what was not looked at.
   *
   * @param totals how much was looked at until then
   * @param message what could not be read, and why
   */
  record CutShort(Totals totals, String message) implements AuditOutcome {}

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param complete for {@link Complete}
   * @param cutShort for {@link CutShort}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super Complete, ? extends R> complete,
      Function<? super CutShort, ? extends R> cutShort) {
    return this instanceof Complete outcome
        ? complete.apply(outcome)
        : cutShort.apply((CutShort) this);
  }
}
