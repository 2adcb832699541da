package io.regionsnap.proof.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.redis.Breakage.Direction;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One snapshot persisted over a connection that is cut after a number of bytes, looked at, and
 * persisted again: what was said must be true, and in the end it is there once. Not thread-safe.
 */
public final class Cuts {
  private static final String REGION = "mena";
  private static final KeyLayout LAYOUT = KeyLayout.TAGGED;

  /** After so many cuts everything is persisted anew, long before a claim expires. */
  private static final int ANEW = 500;

  private final Bench bench;
  private final TransactionalStore store;
  private final Tally tally;
  private final Writer writer;
  private final Judge judge = new Judge(LAYOUT, List.of(REGION));
  private final Snapshot older;
  private final Snapshot snapshot;
  private Runnable beginAnew = () -> {};
  private List<RegionState> before = List.of();
  private int cuts;

  /**
   * Persists a document on a store that is reached over the wire.
   *
   * @param bench the server and the wire
   * @param store the store
   * @param tally where to count
   * @param bytes about how large the document is
   */
  public Cuts(Bench bench, TransactionalStore store, Tally tally, int bytes) {
    this.bench = bench;
    this.store = store;
    this.tally = tally;
    this.writer = new Writer(LAYOUT, tally);
    long now = System.currentTimeMillis();
    this.older = SnapshotDocuments.snapshot(
        REGION, "older", now - Duration.ofHours(6).toMillis(), "scheduled_6h", "older");
    this.snapshot =
        SnapshotDocuments.snapshot(REGION, "newer", now, "scheduled_6h", "x".repeat(bytes));
  }

  /**
   * Cuts once, or refuses every connection from then on.
   *
   * @param direction of which bytes
   * @param bytes after how many of them
   * @param fromThenOn whether to refuse every connection from then on
   * @return whether so many bytes had passed at all
   */
  public boolean cut(Direction direction, long bytes, boolean fromThenOn) {
    begin();
    bench.wire().breakage().cutAfter(direction, bytes, fromThenOn);
    // Cut once, the writer makes good for it by itself; cut for good, it has to give up.
    RetryPolicy retry = fromThenOn ? Writer.ONCE : Writer.PATIENTLY;
    PersistOutcome outcome = writer.persist(store, retry, snapshot);
    boolean struck = bench.wire().breakage().struck() > 0;
    bench.settle();
    bench.wire().breakage().heal();
    tally.count(Figure.HISTORIES);
    if (struck) {
      tally.struck(direction == Direction.REQUEST ? Fault.REQUEST_CUT : Fault.ANSWER_CUT);
    }
    tally.judging(() -> {
      int traces = judgeOutcome(outcome, struck && fromThenOn);
      retry(traces);
    });
    return struck;
  }

  /** The older snapshot and nothing else is there: persisted now and then, else put back. */
  private void begin() {
    if (cuts++ % ANEW > 0) {
      beginAnew.run();
      return;
    }
    bench.clear();
    writer.persist(store, Writer.PATIENTLY, older);
    before = judge.requireWhole(bench.keys());
    beginAnew = bench.keep();
  }

  private int judgeOutcome(PersistOutcome outcome, boolean mayBeUnknown) {
    Map<Key, ObservedKey> keys = bench.keys();
    tally.count(Figure.OBSERVATIONS);
    assertThat(judge.violations(before, judge.requireWhole(keys))).as("step").isEmpty();
    int traces = judge.traces(snapshot, keys);
    if (outcome instanceof PersistOutcome.Persisted
        || outcome instanceof PersistOutcome.AlreadyPersisted) {
      assertThat(traces).as("traces of what was reported persisted").isEqualTo(3);
    } else if (outcome instanceof PersistOutcome.Refused && mayBeUnknown) {
      assertThat(traces).as("traces of what was reported not applied").isZero();
    } else {
      assertThat(outcome).isInstanceOf(PersistOutcome.Unknown.class);
      assertThat(mayBeUnknown).as("unknown although nothing is broken any more").isTrue();
      assertThat(traces).as("traces of what is in doubt").isIn(0, 3);
    }
    return traces;
  }

  private void retry(int traces) {
    PersistOutcome outcome = writer.persist(store, Writer.PATIENTLY, snapshot);
    assertThat(outcome)
        .as("retry, with %d traces there before", traces)
        .isEqualTo(
            traces == 0 ? new PersistOutcome.Persisted() : new PersistOutcome.AlreadyPersisted());
    Map<Key, ObservedKey> keys = bench.keys();
    List<RegionState> after = judge.requireWhole(keys);
    assertThat(judge.violations(before, after)).as("step").isEmpty();
    assertThat(judge.traces(snapshot, keys)).as("traces after the retry").isEqualTo(3);
    assertThat(after.get(0).entries()).as("index").hasSize(2);
  }
}
