package io.regionsnap.domain.audit;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Query;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Pages through the index of a region. Each page reads and parses the views that it names when it
 * is called, by any thread; the pages themselves are asked for by one.
 */
final class MemberPages implements Supplier<Optional<Callable<MemberPages.Page>>> {
  /** About how many bytes of views a page should have. */
  private static final long PAGE_BYTES = 1 << 20;

  /** Several pages are asked for before it is known how large bodies are. */
  private static final int FIRST_PAGE = 4;

  private static final int MOST = 500;

  private final KeyLayout layout;
  private final Reader reader;
  private final Region region;
  private final Supplier<Look> looks;
  private List<IndexEntry> entries = List.of();
  private Optional<IndexEntry> last = Optional.empty();
  private int atLastScore;
  private volatile int pageSize = FIRST_PAGE;

  /** @param looks gives a look at the region that has seen nothing yet */
  MemberPages(KeyLayout layout, Reader reader, Region region, Supplier<Look> looks) {
    this.layout = layout;
    this.reader = reader;
    this.region = region;
    this.looks = looks;
  }

  /**
   * Some members that follow each other.
   *
   * @param look has seen them and their views
   * @param entries one or more
   * @param previous the entry before the first of them
   */
  record Page(Look look, List<IndexEntry> entries, Optional<IndexEntry> previous) {}

  @Override
  public Optional<Callable<Page>> get() {
    if (entries.isEmpty()) {
      entries = entries();
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    int size = Math.min(pageSize, entries.size());
    List<IndexEntry> some = List.copyOf(entries.subList(0, size));
    entries = entries.subList(size, entries.size());
    Optional<IndexEntry> previous = last;
    long score = some.get(size - 1).score();
    int same = (int) some.stream().filter(entry -> entry.score() == score).count();
    atLastScore =
        last.filter(entry -> entry.score() == score).isPresent() ? atLastScore + same : same;
    last = Optional.of(some.get(size - 1));
    return Optional.of(() -> new Page(look(some), some, previous));
  }

  /** From the last score on, without those at that score that were seen. */
  private List<IndexEntry> entries() {
    return reader
        .read(new Query.Range(
            layout.index(region),
            last.map(IndexEntry::score).orElse(-IndexEntry.MAX_SCORE),
            IndexEntry.MAX_SCORE,
            Query.Order.LOWEST_FIRST,
            atLastScore,
            MOST))
        .orElse(List.of());
  }

  private Look look(List<IndexEntry> some) {
    Look look = looks.get();
    look.readMembers(some);
    long bytesEach = Math.max(1, look.bytes() / some.size());
    pageSize = (int) Math.max(1, Math.min(MOST, PAGE_BYTES / bytesEach));
    return look;
  }
}
