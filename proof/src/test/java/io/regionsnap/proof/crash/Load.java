package io.regionsnap.proof.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writers that persist one snapshot after the other, each for a region of its own, and remember
 * what they were told. {@link #close} stops them.
 */
final class Load implements AutoCloseable {
  static final List<String> REGIONS = List.of("mena", "europe", "east-asia");

  private static final long BUCKET_MILLIS = Judge.POLICY.bucket().toMillis();
  // More than they get to persist, and none of it older than is kept.
  private static final int MOST_SNAPSHOTS = 8000;

  private final Tally tally;
  private final TransactionalStore store;
  private final RetryPolicy retry;
  private final Writer writer;
  private final long beginMillis =
      (System.currentTimeMillis() / BUCKET_MILLIS - MOST_SNAPSHOTS) * BUCKET_MILLIS;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final ExecutorService threads = Executors.newFixedThreadPool(REGIONS.size());
  private final List<Line> lines = REGIONS.stream().map(Line::new).toList();
  private final List<Future<?>> running = new ArrayList<>();

  /** What became of a snapshot, in the order in which they were persisted. */
  record Told(Snapshot snapshot, PersistOutcome outcome) {
    boolean isPersisted() {
      return outcome instanceof PersistOutcome.Persisted
          || outcome instanceof PersistOutcome.AlreadyPersisted;
    }
  }

  /** One writer. */
  private final class Line {
    private final String region;
    private final List<Told> told = new ArrayList<>();

    Line(String region) {
      this.region = region;
    }

    void run() {
      for (int i = 0; !stop.get() && i < MOST_SNAPSHOTS; i++) {
        Snapshot next = SnapshotDocuments.snapshot(
            region, region + "-" + i, beginMillis + i * BUCKET_MILLIS, "scheduled_6h", "content");
        PersistOutcome outcome = writer.persist(store, retry, next);
        synchronized (told) {
          told.add(new Told(next, outcome));
        }
      }
    }

    List<Told> told() {
      synchronized (told) {
        return List.copyOf(told);
      }
    }
  }

  Load(TransactionalStore store, RetryPolicy retry, Tally tally) {
    this.store = store;
    this.retry = retry;
    this.tally = tally;
    this.writer = new Writer(KeyLayout.TAGGED, tally);
    lines.forEach(line -> running.add(threads.submit(line::run)));
  }

  /** Waits until each writer was told of some more that are persisted. */
  void awaitMore(int snapshots) {
    List<Long> before = lines.stream().map(Load::persisted).toList();
    Await.until("each writer has persisted some more", () -> {
      boolean all = true;
      for (int i = 0; i < lines.size(); i++) {
        all &= persisted(lines.get(i)) >= before.get(i) + snapshots;
      }
      return all;
    });
  }

  private static long persisted(Line line) {
    return line.told().stream().filter(Told::isPersisted).count();
  }

  /** Everything that was persisted or tried, by region. */
  List<List<Told>> told() {
    return lines.stream().map(Line::told).toList();
  }

  /**
   * Regions are whole, each snapshot is there wholly or not at all, what was reported refused is
   * not there, and what was reported persisted is.
   *
   * @return how many that were reported persisted are not there, all of them the newest of their
   *     region; zero unless losing is allowed
   */
  long judge(Map<Key, ObservedKey> keys, boolean mayLoseTheNewest) {
    Judge judge = new Judge(KeyLayout.TAGGED, REGIONS);
    long[] lost = {0};
    tally.count(Figure.OBSERVATIONS);
    tally.judging(() -> {
      judge.requireWhole(keys);
      for (List<Told> region : told()) {
        lost[0] += judge(region, keys, judge);
      }
      if (!mayLoseTheNewest) {
        assertThat(lost[0]).as("reported persisted and lost").isZero();
      }
    });
    return lost[0];
  }

  private static long judge(List<Told> region, Map<Key, ObservedKey> keys, Judge judge) {
    long lost = 0;
    for (Told told : region) {
      int traces = judge.traces(told.snapshot(), keys);
      assertThat(traces).as("traces of %s", told).isIn(0, 3);
      if (told.isPersisted()) {
        if (traces == 0) {
          lost++;
        } else {
          assertThat(lost).as("lost before %s, which is there", told).isZero();
        }
      } else if (told.outcome() instanceof PersistOutcome.Refused) {
        assertThat(traces).as("traces of %s", told).isZero();
      }
    }
    return lost;
  }

  /** Stops the writers and waits for them. */
  void stop() throws InterruptedException, ExecutionException {
    stop.set(true);
    for (Future<?> line : running) {
      line.get();
    }
  }

  @Override
  public void close() {
    stop.set(true);
    threads.shutdownNow();
  }
}
