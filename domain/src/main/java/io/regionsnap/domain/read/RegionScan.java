package io.regionsnap.domain.read;

import io.regionsnap.domain.Affixes;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.KeyRole;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.TransactionalStore;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the regions of a store by the names of its keys. */
final class RegionScan {
  private static final int SCAN_PAGE = 1000;

  private final TransactionalStore store;
  private final KeyLayout layout;

  RegionScan(TransactionalStore store, KeyLayout layout) {
    this.store = store;
    this.layout = layout;
  }

  RegionsOutcome regions() {
    NavigableSet<Region> regions = new TreeSet<>();
    for (Affixes affixes : List.of(layout.indexAffixes(), layout.pointerAffixes())) {
      Optional<String> cursor = Optional.empty();
      do {
        ReadResult<ScanPage> result =
            store.scan(new Scan(affixes.prefix(), affixes.suffix(), cursor, SCAN_PAGE));
        if (!(result instanceof ReadResult.Found<ScanPage> found)) {
          return new RegionsOutcome.Unreadable(
              result.match(page -> "", () -> "", wrong -> "", ReadResult.Unreadable::message));
        }
        found.value().keys().forEach(key -> regionOf(key).ifPresent(regions::add));
        cursor = found.value().next();
      } while (cursor.isPresent());
    }
    return new RegionsOutcome.Listed(regions);
  }

  private Optional<Region> regionOf(Key key) {
    return layout
        .roleOf(key)
        .filter(role -> role instanceof KeyRole.Index || role instanceof KeyRole.Pointer)
        .flatMap(KeyRole::namedRegion);
  }
}
