package io.regionsnap.domain.read;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Quoted;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.TransactionalStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pages through the index of a region. */
final class History {
  private final TransactionalStore store;
  private final KeyLayout layout;
  private final Policy policy;
  private final InstantSource clock;

  History(TransactionalStore store, KeyLayout layout, Policy policy, InstantSource clock) {
    this.store = store;
    this.layout = layout;
    this.policy = policy;
    this.clock = clock;
  }

  HistoryOutcome page(HistoryQuery query) {
    Key index = layout.index(query.region());
    // Its views have expired; the member stays until the region's next commit.
    long lapsedMillis = clock.millis() - policy.viewLifetimeMillis();
    ReadResult<List<IndexEntry>> result = store
        .read(List.of(new Query.Range(
            index,
            Math.max(query.fromMillis(), lapsedMillis + 1),
            query.toMillis(),
            Query.Order.HIGHEST_FIRST,
            query.skip(),
            query.limit())))
        .get(0);
    return result.match(
        entries -> page(query, entries),
        () -> new HistoryOutcome.Page(List.of(), List.of(), Optional.empty()),
        wrong -> new HistoryOutcome.Drifted(wrongKind(wrong)),
        unreadable -> new HistoryOutcome.Unreadable(unreadable.message()));
  }

  private HistoryOutcome page(HistoryQuery query, List<IndexEntry> entries) {
    List<SnapshotRef> refs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (IndexEntry entry : entries) {
      if (SnapshotId.isId(entry.member())) {
        refs.add(new SnapshotRef(new SnapshotId(entry.member()), entry.score()));
      } else {
        problems.add("the index of %s names %s, which is no id"
            .formatted(query.region(), Quoted.of(entry.member())));
      }
    }
    return new HistoryOutcome.Page(refs, problems, next(query, entries));
  }

  /**
   * Goes on from the last score rather than from a rank, so that what is persisted in between does
   * not shift the pages; the entries seen at that very score are skipped.
   */
  private static Optional<HistoryQuery> next(HistoryQuery query, List<IndexEntry> entries) {
    if (entries.size() < query.limit()) {
      return Optional.empty();
    }
    long last = entries.get(entries.size() - 1).score();
    long seenAtLast = entries.stream().filter(entry -> entry.score() == last).count();
    int skippedAtLast = last == query.toMillis() ? query.skip() : 0;
    return Optional.of(new HistoryQuery(
        query.region(),
        query.fromMillis(),
        last,
        Math.toIntExact(seenAtLast) + skippedAtLast,
        query.limit()));
  }

  static String wrongKind(ReadResult.WrongKind<?> wrong) {
    return "%s holds the wrong kind of value (%s)".formatted(wrong.key(), wrong.found());
  }
}
