package io.regionsnap.domain;

import io.regionsnap.ports.Key;
import java.util.Optional;

/** What a key of a region is for, as its name says. */
public sealed interface KeyRole {

  /**
   * The region that the name names.
   *
   * @return the region; empty for an id view of the {@code worldmonitor} layout and for what lies
   *     in its quarantine, which name none
   */
  Optional<Region> namedRegion();

  /** The part of a role that most roles have. */
  sealed interface OfRegion extends KeyRole {
    /**
     * The region that the name names.
     *
     * @return the region
     */
    Region region();

    @Override
    default Optional<Region> namedRegion() {
      return Optional.of(region());
    }
  }

  /**
   * A snapshot's bytes under its timestamp.
   *
   * @param region the region
   * @param generatedAtMillis epoch milliseconds
   */
  record TimestampView(Region region, long generatedAtMillis) implements OfRegion {}

  /**
   * A snapshot's bytes under its id.
   *
   * @param namedRegion the region, if the name names it
   * @param id the id
   */
  record IdView(Optional<Region> namedRegion, SnapshotId id) implements KeyRole {}

  /**
   * The id of the newest snapshot.
   *
   * @param region the region
   */
  record Pointer(Region region) implements OfRegion {}

  /**
   * The ids of the region's snapshots by time.
   *
   * @param region the region
   */
  record Index(Region region) implements OfRegion {}

  /**
   * A provisional value.
   *
   * @param region the region
   */
  record Live(Region region) implements OfRegion {}

  /**
   * Something that a repair moved out of the way.
   *
   * @param namedRegion the region, if the name names it
   * @param number tells apart what was moved from the same key
   * @param from the key that it was moved from
   */
  record Quarantined(Optional<Region> namedRegion, long number, Key from) implements KeyRole {}

  /**
   * The id that won a bucket.
   *
   * @param region the region
   * @param reason the trigger reason
   * @param bucket the bucket's number
   */
  record Claim(Region region, TriggerReason reason, long bucket) implements OfRegion {}
}
