package io.regionsnap.domain.audit;

import io.regionsnap.domain.Region;

/** Is told of an audit while it goes on, by the thread that runs it. */
public interface AuditListener {
  /**
   * A region's index is about to be paged through.
   *
   * @param region the region; told of once
   */
  default void region(Region region) {}

  /**
   * Drift was found, and seen a second time. That of one region need not come together: what is not
   * in any index is found last.
   *
   * @param drift where, and what
   */
  void drifted(Drift drift);

  /**
   * More was looked at.
   *
   * @param keys how many views in all
   */
  default void looked(long keys) {}
}
