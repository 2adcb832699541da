package io.regionsnap.domain.audit;

import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.TransactionalStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the names of keys page by page. Used by one thread. */
final class NamePages implements Supplier<Optional<ScanPage>> {
  private static final int SIZE = 1_000;

  private final TransactionalStore store;
  private final String prefix;
  private final String suffix;
  private Optional<String> cursor = Optional.empty();
  private boolean ended;

  NamePages(TransactionalStore store, String prefix, String suffix) {
    this.store = store;
    this.prefix = prefix;
    this.suffix = suffix;
  }

  @Override
  public Optional<ScanPage> get() {
    if (ended) {
      return Optional.empty();
    }
    ScanPage page = read();
    cursor = page.next();
    ended = cursor.isEmpty();
    return Optional.of(page);
  }

  private ScanPage read() {
    ReadResult<ScanPage> result = store.scan(new Scan(prefix, suffix, cursor, SIZE));
    return result.match(
        page -> page,
        () -> new ScanPage(List.of(), Optional.empty()),
        wrong -> new ScanPage(List.of(), Optional.empty()),
        unreadable -> {
          throw new UnreadableException(
              "the names of keys with %s: %s".formatted(prefix, unreadable.message()));
        });
  }
}
