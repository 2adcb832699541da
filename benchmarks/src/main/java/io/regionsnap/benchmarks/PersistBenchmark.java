package io.regionsnap.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Persists new snapshots, each the newest of its region, each thread those of its own regions. Each
 * commit adds one to an index and trims one. Documents are made, and old ones deleted, outside of
 * the measured part and for everybody alike, so that memory stays bounded.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PersistBenchmark {

  /** Where, and who; shared by the threads. */
  @State(Scope.Benchmark)
  public static class Site {
    /** Who. */
    @Param("SCRIPT")
    public Who who;

    /** The size of a document. */
    @Param("12288")
    public int bytes;

    /** How many documents are persisted together. */
    @Param("1")
    public int batch;

    /** How many regions take turns, for each thread. */
    @Param("8")
    public int regions;

    /** How many snapshots the index of a region keeps. */
    @Param("360")
    public int members;

    /** What every answer of a server takes longer. */
    @Param("0")
    public int roundTripMillis;

    Ground ground;

    /** Starts what is needed. */
    @Setup(Level.Trial)
    public void open() {
      ground = who.open(Terms.policyKeeping(members), roundTripMillis);
    }

    /**
     * While nothing is measured the server is near: at a distance there would be too few commits
     * for the JVM to compile what it runs.
     */
    @Setup(Level.Iteration)
    public void settle(IterationParams iteration) {
      ground.isAway(iteration.getType() == IterationType.WARMUP ? 0 : roundTripMillis);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void close() {
      ground.close();
    }
  }

  /** What one thread has in hand. */
  @State(Scope.Thread)
  public static class Desk {
    private static final int SWEPT_TOGETHER = 16;

    private final Deque<Document> kept = new ArrayDeque<>();
    private Ground ground;
    private Series series;
    private Contender.Writer writer;
    private int batch;
    private List<Document> next;

    /** Takes a seat. */
    @Setup(Level.Trial)
    public void open(Site site, ThreadParams thread) {
      ground = site.ground;
      batch = site.batch;
      long nowMillis = System.currentTimeMillis();
      series =
          new Series(Template.of(site.bytes), thread.getThreadIndex(), site.regions, nowMillis);
      ground.fill(series.regions(), site.members, nowMillis);
      writer = ground.contender().writer(series);
    }

    /** Makes the next documents, and sweeps away old ones. */
    @Setup(Level.Invocation)
    public void prepare() {
      next = series.next(batch);
      kept.addAll(next);
      int spare = Math.max(SWEPT_TOGETHER, batch);
      if (kept.size() > 2 * spare + batch) {
        List<Document> old = new ArrayList<>();
        for (int i = 0; i < spare; i++) {
          old.add(kept.remove());
        }
        ground.sweep(old);
      }
    }

    /** Leaves. */
    @TearDown(Level.Trial)
    public void close() {
      writer.close();
    }
  }

  /** Persists a batch. */
  @Benchmark
  public void persist(Desk desk) {
    desk.writer.persist(desk.next);
  }
}
