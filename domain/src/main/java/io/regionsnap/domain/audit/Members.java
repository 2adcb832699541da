package io.regionsnap.domain.audit;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pages through the index of a region, with the views that it names. Not thread-safe. */
final class Members {
  /** About how many bytes of views a page should have. */
  private static final long PAGE_BYTES = 1 << 20;

  private static final int FIRST_PAGE = 16;
  private static final int MOST = 500;

  private final KeyLayout layout;
  private final Reader reader;
  private final Findings findings;
  private int pageSize = FIRST_PAGE;

  Members(KeyLayout layout, Reader reader, Findings findings) {
    this.layout = layout;
    this.reader = reader;
    this.findings = findings;
  }

  /** Judges the region's head and each of its members; returns how many there are. */
  long audit(Region region) {
    Head head = findings.head(region);
    findings.judge(findings.look(head), List.of(new Subject.Head()), Optional.empty());
    long members = 0;
    Optional<IndexEntry> last = Optional.empty();
    int atLastScore = 0;
    while (true) {
      List<IndexEntry> page = page(region, last, atLastScore);
      if (page.isEmpty()) {
        return members;
      }
      judge(findings.look(head), page, last);
      members += page.size();
      long score = page.get(page.size() - 1).score();
      int same = (int) page.stream().filter(entry -> entry.score() == score).count();
      atLastScore =
          last.filter(entry -> entry.score() == score).isPresent() ? atLastScore + same : same;
      last = Optional.of(page.get(page.size() - 1));
    }
  }

  /** From the last score on, without those at that score that were seen. */
  private List<IndexEntry> page(Region region, Optional<IndexEntry> last, int atLastScore) {
    return reader
        .read(new Query.Range(
            layout.index(region),
            last.map(IndexEntry::score).orElse(-IndexEntry.MAX_SCORE),
            IndexEntry.MAX_SCORE,
            Query.Order.LOWEST_FIRST,
            atLastScore,
            pageSize))
        .orElse(List.of());
  }

  private void judge(Look look, List<IndexEntry> page, Optional<IndexEntry> previous) {
    look.know(page);
    look.fetchViews(
        page.stream()
            .map(IndexEntry::member)
            .filter(SnapshotId::isId)
            .map(SnapshotId::new)
            .collect(Collectors.toList()),
        page.stream().map(IndexEntry::score).collect(Collectors.toList()));
    long bytesEach = Math.max(1, look.bytes() / page.size());
    pageSize = (int) Math.max(1, Math.min(MOST, PAGE_BYTES / bytesEach));
    findings.judge(look, page.stream().map(Subject.Member::new).toList(), previous);
  }
}
