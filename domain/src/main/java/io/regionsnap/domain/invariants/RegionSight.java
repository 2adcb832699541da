package io.regionsnap.domain.invariants;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody sees of a region: all of it at once, as in a {@link RegionState}, or the part that
 * is being looked at.
 */
public interface RegionSight {
  /**
   * The region.
   *
   * @return the region
   */
  Region region();

  /**
   * When it is seen, by the store's clock.
   *
   * @return epoch milliseconds
   */
  long observedAtMillis();

  /**
   * What its index is like.
   *
   * @return the head; empty if there is no index
   */
  Optional<IndexHead> indexHead();

  /**
   * What its pointer holds.
   *
   * @return what was seen; empty if there is no pointer
   */
  Optional<ObservedKey> pointer();

  /**
   * What its live key holds.
   *
   * @return what was seen; empty if there is none
   */
  Optional<ObservedKey> live();

  /**
   * What an id view holds that belongs to the region.
   *
   * @param id the id
   * @return what was seen; empty if there is none, or it is another region's
   */
  Optional<ObservedKey> idView(SnapshotId id);

  /**
   * What a timestamp view holds.
   *
   * @param generatedAtMillis epoch milliseconds
   * @return what was seen; empty if there is none
   */
  Optional<ObservedKey> timestampView(long generatedAtMillis);

  /**
   * The score of a member of the index.
   *
   * @param member the member
   * @return its score; empty if it is no member
   */
  OptionalLong score(String member);
}
