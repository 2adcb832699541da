package io.regionsnap.domain.read;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Quoted;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads snapshots. A body is given out only if it says the region, id and time that its keys say.
 *
 * <p>Thread-safe. Never writes. Blocks until the store has answered. One batch of reads on whole
 * data; more only where drift makes it look for a fallback.
 */
public final class ReadSnapshots {
  private static final int FALLBACK_PAGE = 16;

  private final TransactionalStore store;
  private final KeyLayout layout;
  private final SnapshotParser parser;
  private final Bodies bodies;
  private final History history;
  private final RegionScan regionScan;

  /**
   * The use case on a store.
   *
   * @param store where to read; not closed here
   * @param layout how keys are named
   * @param policy how long things are kept
   * @param parser reads bodies
   * @param clock tells the time
   */
  public ReadSnapshots(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      InstantSource clock) {
    this.store = store;
    this.layout = layout;
    this.parser = parser;
    this.bodies = new Bodies(store, layout, parser);
    this.history = new History(store, layout, policy, clock);
    this.regionScan = new RegionScan(store, layout);
  }

  /**
   * The newest snapshot of each region: the one that the pointer names. Where the pointer and what
   * it names do not hang together, {@link ReadOutcome.Drifted} with the newest readable one.
   *
   * @param regions any number, also none
   * @return one outcome each, in the same order; {@link ReadOutcome.None} for a region without any
   */
  public List<ReadOutcome> latest(List<Region> regions) {
    List<ReadResult<Followed>> answers = store.read(regions.stream()
        .map(region -> new Query.Follow(
            layout.pointer(region), layout.idViewPrefix(region), layout.index(region)))
        .toList());
    List<ReadOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      Region region = regions.get(i);
      outcomes.add(answers
          .get(i)
          .<ReadOutcome>match(
              followed -> latest(region, followed),
              ReadOutcome.None::new,
              wrong -> fallBackToPointer(region, History.wrongKind(wrong)),
              unreadable -> new ReadOutcome.Unreadable(unreadable.message())));
    }
    return outcomes;
  }

  private ReadOutcome latest(Region region, Followed followed) {
    if (followed.target().isEmpty()) {
      return followed.top().isEmpty()
          ? new ReadOutcome.None()
          : fallBack(region, "the index of %s has members but no pointer".formatted(region));
    }
    String target = followed.target().get().asUtf8();
    return followed
        .value()
        .map(body -> parser
            .parse(body)
            .match(
                snapshot -> isNamed(snapshot, region, target)
                    ? new ReadOutcome.Found(snapshot)
                    : fallBack(
                        region, pointing(region, target, "whose view holds another snapshot")),
                refusal -> fallBack(
                    region,
                    pointing(
                        region, target, "whose view holds no snapshot: " + refusal.message()))))
        .orElseGet(() -> fallBack(region, pointing(region, target, "which is not stored")));
  }

  private static String pointing(Region region, String target, String problem) {
    return "the pointer of %s names %s, %s".formatted(region, Quoted.of(target), problem);
  }

  private static boolean isNamed(Snapshot snapshot, Region region, String id) {
    // By name: equals of a record is spun when it is first called, which a cold start would feel.
    return snapshot.region().name().equals(region.name())
        && snapshot.id().text().equals(id);
  }

  /** Drift, with the newest snapshot that can be read in spite of it. */
  private ReadOutcome fallBack(Region region, String problem) {
    return newestReadable(HistoryQuery.all(region, FALLBACK_PAGE), problem);
  }

  /** Where the index cannot be read: the snapshot that the pointer names, if that can. */
  private ReadOutcome fallBackToPointer(Region region, String problem) {
    ReadResult<Value> pointer =
        store.read(List.of(new Query.Get(layout.pointer(region)))).get(0);
    return pointer.match(
        target -> SnapshotId.isId(target.asUtf8())
            ? byId(region, new SnapshotId(target.asUtf8()))
                .<ReadOutcome>match(
                    found -> new ReadOutcome.Drifted(problem, Optional.of(found.snapshot())),
                    () -> fallBack(region, problem),
                    drifted -> fallBack(region, problem),
                    unreadable -> unreadable)
            : fallBack(region, problem),
        () -> fallBack(region, problem),
        wrong -> fallBack(region, problem),
        unreadable -> new ReadOutcome.Unreadable(unreadable.message()));
  }

  /**
   * A snapshot by its id.
   *
   * @param region its region
   * @param id its id
   * @return the snapshot; {@link ReadOutcome.Drifted} without a fallback if its view holds
   *     something else
   */
  public ReadOutcome byId(Region region, SnapshotId id) {
    Key view = layout.idView(region, id);
    ReadResult<Value> result = store.read(List.of(new Query.Get(view))).get(0);
    return result.match(
        body -> parser
            .parse(body)
            .match(
                snapshot -> isNamed(snapshot, region, id.text())
                    ? new ReadOutcome.Found(snapshot)
                    : drifted(view + " holds another snapshot"),
                refusal -> drifted(view + " holds no snapshot: " + refusal.message())),
        ReadOutcome.None::new,
        wrong -> drifted(History.wrongKind(wrong)),
        unreadable -> new ReadOutcome.Unreadable(unreadable.message()));
  }

  /**
   * The snapshot that was the newest at a moment: the newest of those generated at or before it.
   *
   * @param region the region
   * @param atMillis epoch milliseconds
   * @return the snapshot; where it cannot be read, {@link ReadOutcome.Drifted} with the newest
   *     readable one before it
   */
  public ReadOutcome at(Region region, long atMillis) {
    return newestReadable(HistoryQuery.upTo(region, atMillis, FALLBACK_PAGE), "");
  }

  /**
   * The first snapshot of a history that can be read; drift if a problem is known already or is met
   * on the way.
   */
  private ReadOutcome newestReadable(HistoryQuery first, String known) {
    String problem = known;
    Optional<HistoryQuery> query = Optional.of(first);
    while (query.isPresent()) {
      HistoryOutcome outcome = history.page(query.get());
      if (outcome instanceof HistoryOutcome.Unreadable unreadable) {
        return new ReadOutcome.Unreadable(unreadable.message());
      }
      if (outcome instanceof HistoryOutcome.Drifted drifted) {
        return drifted(firstOf(problem, drifted.problem()));
      }
      HistoryOutcome.Page page = (HistoryOutcome.Page) outcome;
      problem = page.problems().stream().reduce(problem, ReadSnapshots::firstOf);
      for (ReadOutcome body : bodies.read(first.region(), page.snapshots())) {
        if (body instanceof ReadOutcome.Drifted drifted) {
          problem = firstOf(problem, drifted.problem());
        }
        Optional<ReadOutcome> settled = settle(body, problem);
        if (settled.isPresent()) {
          return settled.get();
        }
      }
      query = page.next();
    }
    return problem.isEmpty() ? new ReadOutcome.None() : drifted(problem);
  }

  private static Optional<ReadOutcome> settle(ReadOutcome body, String problem) {
    return body.match(
        found -> Optional.of(
            problem.isEmpty()
                ? found
                : new ReadOutcome.Drifted(problem, Optional.of(found.snapshot()))),
        Optional::empty,
        drifted -> drifted
            .fallback()
            .map(snapshot -> new ReadOutcome.Drifted(problem, drifted.fallback())),
        Optional::of);
  }

  private static String firstOf(String known, String next) {
    return known.isEmpty() ? next : known;
  }

  /**
   * A page of a region's history, newest first: which snapshots there are, without their bodies.
   *
   * @param query which page
   * @return the page; an empty one for a region without snapshots
   */
  public HistoryOutcome history(HistoryQuery query) {
    return history.page(query);
  }

  /**
   * The bodies of snapshots that a history named.
   *
   * @param region their region
   * @param refs which ones
   * @return one outcome each, in the same order; {@link ReadOutcome.Drifted} has as its fallback
   *     the same snapshot from its other view
   */
  public List<ReadOutcome> bodies(Region region, List<SnapshotRef> refs) {
    return bodies.read(region, refs);
  }

  /**
   * The regions of the store. Scans the names of all keys.
   *
   * @return the regions that have an index or a pointer
   */
  public RegionsOutcome regions() {
    return regionScan.regions();
  }

  private static ReadOutcome drifted(String problem) {
    return new ReadOutcome.Drifted(problem, Optional.empty());
  }
}
