package io.regionsnap.domain.repair;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes that are made in one transaction, or not at all.
 *
 * @param region the region; empty for what belongs to none
 * @param findings what they mend
 * @param seen what every key that matters held
 * @param index the index that the entries are of
 * @param entries what the index held, as far as it matters
 * @param changes in the order in which they are made
 */
public record RepairStep(
    Optional<Region> region,
    List<Finding> findings,
    Map<Key, Seen> seen,
    Key index,
    List<IndexEntry> entries,
    List<Change> changes) {
  /**
   * Copies everything.
   *
   * @throws IllegalArgumentException if a change puts a body that was not seen, or takes away what
   *     was not
   */
  public RepairStep {
    findings = List.copyOf(findings);
    seen = Collections.unmodifiableMap(new LinkedHashMap<>(seen));
    entries = List.copyOf(entries);
    changes = List.copyOf(changes);
    for (Change change : changes) {
      if (change instanceof Change.Place place && !seen.containsValue(place.body())) {
        throw new IllegalArgumentException(place.key() + " gets a body that was not seen");
      } else if (change instanceof Change.Drop drop && !seen.containsKey(drop.key())) {
        throw new IllegalArgumentException(drop.key() + " is deleted and was not seen");
      } else if (change instanceof Change.Aside aside && !seen.containsKey(aside.from())) {
        throw new IllegalArgumentException(aside.from() + " is moved and was not seen");
      }
    }
  }
}
