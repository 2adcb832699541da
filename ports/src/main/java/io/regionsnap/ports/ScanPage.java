package io.regionsnap.ports;

import java.util.List;
import java.util.Optional;

/**
 * One page of the names of keys.
 *
 * @param keys the keys, in no order; may be empty on a page that is not the last
 * @param next the cursor of the next page; empty on the last
 */
public record ScanPage(List<Key> keys, Optional<String> next) {
  /** Copies the list. */
  public ScanPage {
    keys = List.copyOf(keys);
  }
}
