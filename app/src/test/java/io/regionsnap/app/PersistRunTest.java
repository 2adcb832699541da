package io.regionsnap.app;

import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.json.JacksonDocumentReader;
import io.regionsnap.app.input.Source;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs against stores that never say yes. */
class PersistRunTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interruption interruption = new Interruption();
  private Terminals terminals = Terminals.NONE;

  @Test
  void inDoubtToTheEnd_isUnknown() {
    ExitCode exitCode = run(new CommitResult.InDoubt("reply lost"), duration -> {}, 1);
    assertThat(exitCode).isEqualTo(ExitCode.UNKNOWN);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("unknown  mena  2026-11-22T18:00:00.500Z  id0  stdin line 1: reply lost\n");
  }

  @Test
  void tornToTheEnd_isDriftAndNamesKeysAndTheWayOut() {
    CommitResult torn = new CommitResult.Torn(List.of(new Key("a"), new Key("b")), "WRONGTYPE");
    assertThat(run(torn, duration -> {}, 1)).isEqualTo(ExitCode.DRIFT);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("torn  mena  2026-11-22T18:00:00.500Z  id0  stdin line 1: WRONGTYPE;"
            + " written: a, b; to complete it, persist it again or run: regionsnap repair mena\n");
  }

  @Test
  void unavailable_isAFailure() {
    CommitResult unavailable =
        new CommitResult.NotApplied(new StoreRefusal.Unavailable("cannot connect"));
    assertThat(run(unavailable, duration -> {}, 1)).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("STORE_UNAVAILABLE: cannot connect");
  }

  @Test
  void rejected_isAFailure() {
    CommitResult rejected = new CommitResult.NotApplied(new StoreRefusal.Rejected("no room"));
    assertThat(run(rejected, duration -> {}, 1)).isEqualTo(ExitCode.FAILURE);
  }

  /** The signal comes while the domain waits to try again. */
  @Test
  void interruptedBetweenTries_reportsWhatIsKnownAndEnds() {
    Pause signalled = duration -> {
      interruption.request();
      interruption.whileWaiting(() -> duration);
    };
    ExitCode exitCode = run(new CommitResult.InDoubt("reply lost"), signalled, 1);
    assertThat(exitCode).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("unknown  mena");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void manySources_showProgressOnATerminalOnly() {
    terminals = new Terminals(true, false, true);
    run(new CommitResult.Applied(), duration -> {}, 100);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("persist", "100%");
    err.reset();
    terminals = new Terminals(true, true, true);
    run(new CommitResult.Applied(), duration -> {}, 100);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("100 snapshots: 100 persisted\n");
  }

  private ExitCode run(CommitResult answer, Pause pause, int count) {
    SnapshotParser parser = new SnapshotParser(new JacksonDocumentReader());
    PersistSnapshots persist = new PersistSnapshots(
        new AnsweringStore(answer),
        KeyLayout.TAGGED,
        Policy.DEFAULT,
        parser,
        new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(3)),
        () -> TestCli.NOW,
        pause);
    Surroundings surroundings = new Surroundings(
        InputStream.nullInputStream(),
        out,
        err,
        terminals,
        Map.of(),
        () -> TestCli.NOW,
        () -> 1,
        interruption);
    Console console = new Console(surroundings);
    PersistReport report = new PersistReport(
        console, new JsonLines(console), new GlobalOptions(), new Progress(surroundings, console));
    List<Source> sources = java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> snapshot("mena", "id" + i, i).getBytes(StandardCharsets.UTF_8))
        .map(body -> new Source("stdin", count > 1, () -> new ByteArrayInputStream(body)))
        .toList();
    return new PersistRun.Factory(parser, interruption, report)
        .create(persist, java.util.Optional.empty(), sources)
        .run();
  }

  /** A store that always gives the same answer. */
  private record AnsweringStore(CommitResult answer) implements TransactionalStore {
    @Override
    public List<CommitResult> commit(List<Transaction> transactions) {
      return Collections.nCopies(transactions.size(), answer);
    }

    @Override
    public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
      return Collections.nCopies(queries.size(), new ReadResult.Unreadable<>("no"));
    }

    @Override
    public ReadResult<ScanPage> scan(Scan scan) {
      return new ReadResult.Unreadable<>("no");
    }

    @Override
    public void close() {}
  }
}
