package io.regionsnap.adapters.inmemory;

/** Sums that stop at the ends of the range instead of wrapping around. */
final class Numbers {
  private Numbers() {}

  static long plus(long a, long b) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    return overflow ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  static long minusSpan(long a, long span) {
    return plus(a, -span);
  }
}
