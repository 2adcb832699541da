package io.regionsnap.benchmarks;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.SnapshotDocuments;
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

/**
 * What happens before a store is asked: reading the JSON, and planning, which is the use case on a
 * store that answers at once.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
public class CpuBenchmark {
  private static final SnapshotParser PARSER = SnapshotDocuments.PARSER;

  /** The size of a document. */
  @Param("12288")
  public int bytes;

  private PersistSnapshots persist;
  private Document document;

  /** Makes a document. */
  @Setup(Level.Trial)
  public void open() {
    Series series = new Series(Template.of(bytes), 0, 1, System.currentTimeMillis());
    document = series.next(1).get(0);
    persist = new PersistSnapshots(
        new WillingStore(),
        KeyLayout.TAGGED,
        Terms.policyKeeping(360),
        PARSER,
        RetryPolicy.DEFAULT,
        series,
        Pause.REAL);
  }

  /** Reads the JSON. */
  @Benchmark
  public Snapshot read() {
    return snapshot(document.snapshot().body());
  }

  /** Plans, and understands the answer. */
  @Benchmark
  public List<PersistOutcome> plan() {
    return persist.persist(List.of(document.snapshot()));
  }

  /** Both. */
  @Benchmark
  public List<PersistOutcome> readAndPlan() {
    return persist.persist(List.of(snapshot(document.snapshot().body())));
  }

  private static Snapshot snapshot(Value document) {
    return PARSER.parse(document).match(parsed -> parsed, refusal -> {
      throw new IllegalStateException(refusal.message());
    });
  }
}
