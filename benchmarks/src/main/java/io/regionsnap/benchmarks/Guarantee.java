package io.regionsnap.benchmarks;

/** What a contender promises, beside what regionsnap does. */
enum Guarantee {
  /** regionsnap itself. */
  OURS("regionsnap"),
  /** All or nothing under the same guards, by hand and for this case only. */
  SAME("same guarantee"),
  /** Something less: no guards, so nothing is refused; or not even all or nothing. */
  WEAKER("weaker guarantee"),
  /** What is left when a script is written by hand for exactly these writes. */
  FLOOR("floor");

  private final String label;

  Guarantee(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
