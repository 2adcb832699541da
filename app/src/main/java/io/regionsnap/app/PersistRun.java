package io.regionsnap.app;

import io.regionsnap.adapters.json.JacksonDocumentReader;
import io.regionsnap.app.input.Feed;
import io.regionsnap.app.input.Item;
import io.regionsnap.app.input.Origin;
import io.regionsnap.app.input.Source;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.repair.RepairRegions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;

/**
 * Persists what a feed brings, in chunks: so large that many snapshots share a commit, so small
 * that memory stays bounded, and never kept waiting for an input that has nothing more to give.
 */
final class PersistRun {
  private static final int MAX_CHUNK_DOCUMENTS = 256;
  private static final long MAX_CHUNK_BYTES = 8L * 1024 * 1024;

  /** How long a chunk that is not full waits for more. */
  private static final Duration LINGER = Duration.ofMillis(100);

  /** Makes runs. */
  static final class Factory {
    private final SnapshotParser parser;
    private final Interruption interruption;
    private final PersistReport report;

    @Inject
    Factory(SnapshotParser parser, Interruption interruption, PersistReport report) {
      this.parser = parser;
      this.interruption = interruption;
      this.report = report;
    }

    /** @param repair mends each region before its first snapshot is persisted, if there is one */
    PersistRun create(
        PersistSnapshots persist, Optional<RepairRegions> repair, List<Source> sources) {
      return new PersistRun(this, persist, repair, sources);
    }
  }

  /** A document of the chunk: a snapshot to persist, or the reason why there is none. */
  private record Candidate(Origin origin, SnapshotParser.Result result) {}

  private final SnapshotParser parser;
  private final Interruption interruption;
  private final PersistReport report;
  private final PersistSnapshots persist;
  private final Optional<RepairRegions> repair;
  private final Set<Region> repaired = new HashSet<>();
  private final List<Source> sources;
  private final List<Candidate> chunk = new ArrayList<>();
  private long chunkBytes;

  private PersistRun(
      Factory factory,
      PersistSnapshots persist,
      Optional<RepairRegions> repair,
      List<Source> sources) {
    this.parser = factory.parser;
    this.interruption = factory.interruption;
    this.report = factory.report;
    this.persist = persist;
    this.repair = repair;
    this.sources = sources;
  }

  /** Persists all of it; returns the most severe of what happened. */
  ExitCode run() {
    report.begin(sources);
    try {
      persistAll(Feed.start(sources, JacksonDocumentReader.DEFAULT_MAX_BYTES));
    } catch (InterruptedException e) {
      // Said below; the request may also have come while nobody waited.
    }
    if (interruption.isRequested()) {
      report.interrupted();
    }
    return report.end();
  }

  private void persistAll(Feed feed) throws InterruptedException {
    while (true) {
      Optional<Item> item = next(feed);
      if (item.isEmpty()) {
        commit();
      } else if (item.get() instanceof Item.End) {
        commit();
        return;
      } else {
        add(item.get());
      }
      if (chunk.size() >= MAX_CHUNK_DOCUMENTS || chunkBytes >= MAX_CHUNK_BYTES) {
        commit();
      }
    }
  }

  private Optional<Item> next(Feed feed) throws InterruptedException {
    return interruption.whileWaiting(
        () -> chunk.isEmpty() ? Optional.of(feed.take()) : feed.poll(LINGER));
  }

  private void add(Item item) {
    if (item instanceof Item.Document document) {
      chunk.add(new Candidate(document.origin(), parser.parse(document.body())));
      chunkBytes += document.body().size();
    } else if (item instanceof Item.Oversized oversized) {
      chunk.add(new Candidate(
          oversized.origin(),
          new SnapshotParser.Refused(
              Refusal.tooLarge(oversized.size(), JacksonDocumentReader.DEFAULT_MAX_BYTES))));
    } else if (item instanceof Item.Unreadable unreadable) {
      report.unreadable(unreadable);
    }
  }

  private void repair(RepairRegions repairing, List<Snapshot> snapshots) {
    Set<Region> regions = new TreeSet<>();
    snapshots.stream().map(Snapshot::region).filter(repaired::add).forEach(regions::add);
    if (!regions.isEmpty()) {
      report.repaired(repairing.repair(Optional.of(regions), drift -> {}));
    }
  }

  private void commit() {
    List<Snapshot> snapshots = new ArrayList<>();
    for (Candidate candidate : chunk) {
      if (candidate.result() instanceof SnapshotParser.Parsed parsed) {
        snapshots.add(parsed.snapshot());
      }
    }
    repair.ifPresent(repairing -> repair(repairing, snapshots));
    Iterator<PersistOutcome> outcomes = persist.persist(snapshots).iterator();
    if (interruption.isRequested()) {
      // Set again by the domain where it gave up waiting; closing the store must not meet it.
      Thread.interrupted();
    }
    for (Candidate candidate : chunk) {
      candidate
          .result()
          .match(
              snapshot -> report.outcome(candidate.origin(), snapshot, outcomes.next()),
              refusal -> report.noSnapshot(candidate.origin(), refusal));
    }
    report.chunkEnds();
    chunk.clear();
    chunkBytes = 0;
  }
}
