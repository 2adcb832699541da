package io.regionsnap.benchmarks;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.read.HistoryOutcome;
import io.regionsnap.domain.read.HistoryQuery;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.InstantSource;
import java.util.List;

/** Snapshots to be read. Not thread-safe. */
interface Library extends AutoCloseable {

  /**
   * Persists what is to be read.
   *
   * @param documents in order
   * @param clock their time
   */
  void add(List<Document> documents, InstantSource clock);

  /**
   * The newest snapshot of each region.
   *
   * @return their bytes together
   * @throws IllegalStateException if there is none
   */
  long latest(List<Region> regions);

  /**
   * The newest snapshots of one region, with their bodies.
   *
   * @return their bytes together
   * @throws IllegalStateException if there are fewer
   */
  long history(Region region, int limit);

  @Override
  void close();

  /** Fills a store. */
  static void add(
      TransactionalStore store, Policy policy, List<Document> documents, InstantSource clock) {
    // The store stays open: it is not the contender's alone.
    new StoreContender(store, policy).writer(clock).persist(documents);
  }

  /** What the use case finds. */
  static ReadSnapshots useCase(TransactionalStore store, Policy policy) {
    return new ReadSnapshots(
        store, KeyLayout.TAGGED, policy, SnapshotDocuments.PARSER, InstantSource.system());
  }

  /** Adds up the sizes of snapshots, each of which must be there. */
  static long bytes(List<ReadOutcome> outcomes) {
    long bytes = 0;
    for (ReadOutcome outcome : outcomes) {
      if (!(outcome instanceof ReadOutcome.Found found)) {
        throw new IllegalStateException(outcome.toString());
      }
      bytes += found.snapshot().body().size();
    }
    return bytes;
  }

  /** A page of a history with its bodies. */
  static long history(ReadSnapshots read, Region region, int limit) {
    if (!(read.history(HistoryQuery.all(region, limit)) instanceof HistoryOutcome.Page page)
        || page.snapshots().size() != limit) {
      throw new IllegalStateException("fewer than " + limit);
    }
    return bytes(read.bodies(region, page.snapshots()));
  }
}
