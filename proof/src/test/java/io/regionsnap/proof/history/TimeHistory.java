package io.regionsnap.proof.history;

import io.regionsnap.proof.history.Step.Draft;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Histories of writers whose clocks are wrong, and of snapshots dated in the wrong unit. */
public final class TimeHistory {
  private TimeHistory() {}

  /** In what a time is told, by how many of it are a second. */
  public enum Unit {
    /** As it should be. */
    MILLISECONDS(1_000),
    /** A thousand times too low. */
    SECONDS(1),
    /** A thousand times too high. */
    MICROSECONDS(1_000_000),
    /** A million times too high. */
    NANOSECONDS(1_000_000_000);

    private final long perSecond;

    Unit(long perSecond) {
      this.perSecond = perSecond;
    }

    long of(long millis) {
      return perSecond < 1_000 ? millis / 1_000 : millis * (perSecond / 1_000);
    }
  }

  /**
   * A writer persists a snapshot.
   *
   * @param draft the snapshot
   * @param ahead how far the writer's clock is ahead of the store's
   * @param unit in what the snapshot tells its time
   */
  public record Persist(Draft draft, Duration ahead, Unit unit) {}

  /**
   * Histories.
   *
   * @param maxSteps the longest
   * @return lists of steps
   */
  public static Arbitrary<List<Persist>> histories(int maxSteps) {
    Arbitrary<Unit> units = Arbitraries.frequency(
        Tuple.of(9, Unit.MILLISECONDS),
        Tuple.of(1, Unit.SECONDS),
        Tuple.of(1, Unit.MICROSECONDS),
        Tuple.of(1, Unit.NANOSECONDS));
    return Combinators.combine(Histories.drafts(), aheads(), units)
        .as(Persist::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(maxSteps);
  }

  /** Far enough from every limit that what the machine takes for a step decides nothing. */
  private static Arbitrary<Duration> aheads() {
    return Arbitraries.of(
        Duration.ZERO,
        Duration.ofMinutes(-10),
        Duration.ofMinutes(-20),
        Duration.ofHours(-13),
        Duration.ofDays(-50),
        Duration.ofMinutes(10),
        Duration.ofHours(13),
        Duration.ofDays(2),
        Duration.ofDays(50),
        Duration.ofDays(100));
  }
}
