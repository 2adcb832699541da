package io.regionsnap.proof.report;

import java.util.Locale;

/** What is counted beside faults. */
public enum Figure {
  /** Histories played: random ones, and one for each place of an exhaustive loop. */
  HISTORIES,
  /** Transactions submitted to the store. */
  COMMITS,
  /** Commits whose result was in doubt. */
  IN_DOUBT,
  /** Processes killed or files cut off. */
  CRASHES,
  /** States of a region that were judged. */
  OBSERVATIONS,
  /** Properties that did not hold. */
  VIOLATIONS;

  /** In words. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
