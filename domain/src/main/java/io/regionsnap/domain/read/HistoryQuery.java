package io.regionsnap.domain.read;

import io.regionsnap.domain.Region;
import io.regionsnap.ports.IndexEntry;

/**
 * A page of a region's history, newest first.
 *
 * @param region the region
 * @param fromMillis the earliest {@code generated_at}, included; epoch milliseconds
 * @param toMillis the latest {@code generated_at}, included; epoch milliseconds
 * @param skip how many of the newest to leave out, zero or more
 * @param limit how many to return at most, one or more
 */
public record HistoryQuery(Region region, long fromMillis, long toMillis, int skip, int limit) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the skip is negative or the limit is not positive
   */
  public HistoryQuery {
    if (skip < 0 || limit < 1) {
      throw new IllegalArgumentException("skip " + skip + ", limit " + limit);
    }
  }

  /**
   * The first page of the whole history.
   *
   * @param region the region
   * @param limit how many to return at most
   * @return the page
   */
  public static HistoryQuery all(Region region, int limit) {
    return upTo(region, IndexEntry.MAX_SCORE, limit);
  }

  /**
   * The first page of the history up to a moment.
   *
   * @param region the region
   * @param toMillis the latest {@code generated_at}, included; epoch milliseconds
   * @param limit how many to return at most
   * @return the page
   */
  public static HistoryQuery upTo(Region region, long toMillis, int limit) {
    return new HistoryQuery(region, -IndexEntry.MAX_SCORE, toMillis, 0, limit);
  }
}
