package io.regionsnap.benchmarks;

import io.regionsnap.domain.Policy;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Persists new snapshots on a real Redis on loopback that keeps nothing on disk: each thread its
 * own regions, each commit the newest of its region. What was persisted a while ago is deleted
 * outside of the measured part, for everybody alike, so that memory stays bounded.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RedisPersistBenchmark {

  /** The server, and who is measured; shared by the threads. */
  @State(Scope.Benchmark)
  public static class Site {
    /** Who. */
    @Param
    public RedisContender contender;

    /** The size of a document. */
    @Param("12288")
    public int bytes;

    /** How many documents are persisted together. */
    @Param("1")
    public int batch;

    /** How many snapshots the index of a region keeps. */
    @Param("360")
    public int members;

    RedisServer server;
    Contender opened;

    /** Starts a server. */
    @Setup(Level.Trial)
    public void open() {
      Policy policy = Terms.policyKeeping(members);
      server = RedisServer.start();
      opened = contender.open(server.port(), policy);
    }

    /** Ends the server. */
    @TearDown(Level.Trial)
    public void close() {
      opened.close();
      server.close();
    }
  }

  /** What one thread has in hand. */
  @State(Scope.Thread)
  public static class Desk {
    private static final int REGIONS = 8;
    private static final int SWEPT_TOGETHER = 16;

    private final Deque<Document> kept = new ArrayDeque<>();
    private Series series;
    private Contender.Writer writer;
    private RespClient broom;
    private int batch;
    private List<Document> next;

    /** Takes a seat. */
    @Setup(Level.Trial)
    public void open(Site site, ThreadParams thread) {
      series = new Series(
          Template.of(site.bytes), thread.getThreadIndex(), REGIONS, System.currentTimeMillis());
      writer = site.opened.writer(series);
      broom = RespClient.connect(site.server.port());
      batch = site.batch;
    }

    /** Makes the next documents, and sweeps away old ones. */
    @Setup(Level.Invocation)
    public void prepare() {
      next = series.next(batch);
      kept.addAll(next);
      int spare = Math.max(SWEPT_TOGETHER, batch);
      if (kept.size() > 2 * spare + batch) {
        sweep(spare);
      }
    }

    private void sweep(int count) {
      List<Object> command = new ArrayList<>(List.of("DEL"));
      for (int i = 0; i < count; i++) {
        Names names = Names.of(kept.remove());
        command.addAll(List.of(names.idView(), names.timestampView(), names.claim()));
      }
      broom.call(command.toArray());
    }

    /** Leaves. */
    @TearDown(Level.Trial)
    public void close() {
      writer.close();
      broom.close();
    }
  }

  /** Persists a batch. */
  @Benchmark
  public void persist(Desk desk) {
    desk.writer.persist(desk.next);
  }
}
