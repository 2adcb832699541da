package io.regionsnap.benchmarks;

import io.regionsnap.domain.Policy;
import java.time.Duration;

/**
 * How long things are kept, in milliseconds, for those who write by hand.
 *
 * @param span how far an index reaches back
 * @param viewLifetime how long a view lives from its timestamp on
 * @param claimLifetime how long a claim lives from now on
 */
record Terms(long span, long viewLifetime, long claimLifetime) {

  static Terms of(Policy policy) {
    return new Terms(
        policy.retention().toMillis(),
        policy.viewLifetimeMillis(),
        policy.claimLifetime().toMillis());
  }

  /**
   * The default policy but for its retention, which keeps as many snapshots of a {@link Series} in
   * each index: every commit adds one and, once there are so many, trims one.
   */
  static Policy policyKeeping(int members) {
    Policy usual = Policy.DEFAULT;
    return new Policy(
        Duration.ofMillis(members),
        usual.grace(),
        usual.bucket(),
        usual.claimLifetime(),
        usual.aheadTolerance());
  }
}
