package io.regionsnap.benchmarks;

import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
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

/** Reads what was persisted: the newest of one region and of eight, and a page of a history. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
public class ReadBenchmark {
  private static final int REGIONS = 8;
  private static final int PAGE = 20;
  private static final int PERSISTED = 30 * REGIONS;

  /** Who. */
  @Param("REDIS")
  public Reader reader;

  /** The size of a document. */
  @Param("12288")
  public int bytes;

  /** What every answer of a REST server takes longer. */
  @Param("0")
  public int roundTripMillis;

  private Library library;
  private List<Region> regions;

  /** Persists what is to be read. */
  @Setup(Level.Trial)
  public void open() {
    library = reader.open(Policy.DEFAULT, roundTripMillis);
    Series series = new Series(Template.of(bytes), 0, REGIONS, System.currentTimeMillis());
    for (int i = 0; i < PERSISTED; i += REGIONS) {
      library.add(series.next(REGIONS), series);
    }
    regions = series.regions().stream().map(Region::new).toList();
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    library.close();
  }

  /** The newest snapshot of one region. */
  @Benchmark
  public long latestOne() {
    return library.latest(regions.subList(0, 1));
  }

  /** The newest snapshots of eight regions. */
  @Benchmark
  public long latestEight() {
    return library.latest(regions);
  }

  /** The newest twenty snapshots of one region. */
  @Benchmark
  public long historyPage() {
    return library.history(regions.get(0), PAGE);
  }
}
