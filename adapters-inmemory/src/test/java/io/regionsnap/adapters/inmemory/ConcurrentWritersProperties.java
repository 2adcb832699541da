package io.regionsnap.adapters.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.Stages.CloseableStage;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.RegionInvariants;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.testkit.SnapshotDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Several writers and a reader, at once, on one store. */
class ConcurrentWritersProperties {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-08-18T12:00:00Z"));
  private static final Region MENA = new Region("mena");
  private static final KeyLayout LAYOUT = KeyLayout.TAGGED;
  private static final Policy POLICY = Policy.DEFAULT;

  /** What one writer persists, one call after the other. */
  record Writer(List<Snapshot> snapshots) {}

  private record Answer(Snapshot snapshot, PersistOutcome outcome) {}

  private record Bucket(String reason, long number) {}

  @Property(tries = 300)
  void writersInMemory_breakNoInvariantAndWinEachClaimOnce(@ForAll("writers") List<Writer> writers)
      throws Exception {
    try (CloseableStage stage = Stages.inMemory(CLOCK)) {
      race(stage, writers);
    }
  }

  @Property(tries = 100)
  void writersOnAFile_breakNoInvariantAndWinEachClaimOnce(@ForAll("writers") List<Writer> writers)
      throws Exception {
    Path file = Files.createTempDirectory("regionsnap").resolve("store");
    try (CloseableStage stage = Stages.embedded(file, CLOCK)) {
      race(stage, writers);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.delete(file.getParent());
  }

  private static void race(CloseableStage stage, List<Writer> writers)
      throws InterruptedException, ExecutionException {
    Collection<Answer> answers = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(writers.size() + 1);
    CyclicBarrier start = new CyclicBarrier(writers.size() + 1);
    AtomicBoolean writing = new AtomicBoolean(true);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Writer writer : writers) {
        running.add(threads.submit(() -> {
          start.await();
          for (Snapshot snapshot : writer.snapshots()) {
            answers.add(
                new Answer(snapshot, persister(stage).persist(List.of(snapshot)).get(0)));
          }
          return null;
        }));
      }
      Future<?> reader = threads.submit(() -> {
        start.await();
        do {
          ReadOutcome latest = reader(stage).latest(List.of(MENA)).get(0);
          assertThat(latest).isInstanceOfAny(ReadOutcome.Found.class, ReadOutcome.None.class);
          assertThat(violations(stage)).isEmpty();
        } while (writing.get());
        return null;
      });
      for (Future<?> writer : running) {
        writer.get();
      }
      writing.set(false);
      reader.get();
    } finally {
      threads.shutdownNow();
    }
    checkAnswers(stage, answers);
  }

  private static void checkAnswers(CloseableStage stage, Collection<Answer> answers) {
    assertThat(violations(stage)).isEmpty();
    Map<Bucket, Set<String>> winners = new HashMap<>();
    Map<String, Integer> persisted = new HashMap<>();
    for (Answer answer : answers) {
      Snapshot snapshot = answer.snapshot();
      if (answer.outcome() instanceof PersistOutcome.Persisted) {
        persisted.merge(snapshot.id().text(), 1, Integer::sum);
        winners
            .computeIfAbsent(bucketOf(snapshot), bucket -> new HashSet<>())
            .add(snapshot.id().text());
        assertThat(reader(stage).byId(MENA, snapshot.id()))
            .isEqualTo(new ReadOutcome.Found(snapshot));
      }
    }
    assertThat(persisted.values()).as("persisted more than once: %s", persisted).containsOnly(1);
    assertThat(winners.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    for (Answer answer : answers) {
      if (answer.outcome() instanceof PersistOutcome.Duplicate duplicate) {
        assertThat(winners.get(bucketOf(answer.snapshot())))
            .containsExactly(duplicate.winner().text());
      }
    }
  }

  private static Bucket bucketOf(Snapshot snapshot) {
    return new Bucket(snapshot.reason().text(), POLICY.bucketOf(snapshot.generatedAtMillis()));
  }

  private static List<?> violations(CloseableStage stage) {
    RegionState state = RegionState.of(
        MENA, LAYOUT, SnapshotDocuments.PARSER, stage.rawKeys().readAll(), CLOCK.millis());
    return new RegionInvariants(LAYOUT, POLICY, SnapshotDocuments.PARSER).violations(state);
  }

  private static PersistSnapshots persister(CloseableStage stage) {
    return new PersistSnapshots(
        stage.store(),
        LAYOUT,
        POLICY,
        SnapshotDocuments.PARSER,
        RetryPolicy.DEFAULT,
        CLOCK,
        duration -> {
          throw new AssertionError("nothing here should have to wait");
        });
  }

  private static ReadSnapshots reader(CloseableStage stage) {
    return new ReadSnapshots(stage.store(), LAYOUT, POLICY, SnapshotDocuments.PARSER, CLOCK);
  }

  @Provide
  Arbitrary<List<Writer>> writers() {
    Arbitrary<Snapshot> snapshots = Combinators.combine(
            Arbitraries.integers().between(0, 11),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("scheduled_6h", "regime_shift"))
        .as((id, minutes, reason) -> SnapshotDocuments.snapshot(
            "mena", "id-" + id, CLOCK.millis() - id - minutes * 600_000L, reason, "content"));
    return snapshots
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(Writer::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(4);
  }
}
