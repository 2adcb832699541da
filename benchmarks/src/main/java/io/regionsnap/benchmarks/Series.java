package io.regionsnap.benchmarks;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The snapshots that one thread persists: of regions of its own, each region's a millisecond apart,
 * no two with the same id or claim. As a clock it shows the time of the newest, so that a run may
 * go through time faster than time does. Not thread-safe.
 */
final class Series implements InstantSource {
  private static final int REASONS = 10_000;

  private final Template template;
  private final int thread;
  private final int regions;
  private final long startMillis;
  private long made;
  private long nowMillis;

  /**
   * A series.
   *
   * @param template what the documents look like
   * @param thread which of at most 100 threads it is for, from 0
   * @param regions how many regions take turns, at most 10
   * @param startMillis before the time of the first snapshot, epoch milliseconds
   */
  Series(Template template, int thread, int regions, long startMillis) {
    this.template = template;
    this.thread = thread;
    this.regions = regions;
    this.startMillis = startMillis;
    this.nowMillis = startMillis;
  }

  /** The names of its regions. */
  List<String> regions() {
    List<String> names = new ArrayList<>();
    for (int region = 0; region < regions; region++) {
      names.add(name(region));
    }
    return names;
  }

  private String name(int region) {
    return String.format(Locale.ROOT, "bench-%02d-%d", thread, region);
  }

  /** The next ones, in the order in which they are to be persisted. */
  List<Document> next(int count) {
    List<Document> documents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      documents.add(next());
    }
    return documents;
  }

  private Document next() {
    long number = made++;
    nowMillis = startMillis + 1 + number / regions;
    return template.fill(
        name((int) (number % regions)),
        String.format(Locale.ROOT, "%012x-%04x%08x", nowMillis, thread, number),
        nowMillis,
        String.format(Locale.ROOT, "r%04d", number / regions % REASONS));
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMillis);
  }
}
