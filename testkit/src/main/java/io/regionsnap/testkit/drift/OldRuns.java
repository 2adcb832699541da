package io.regionsnap.testkit.drift;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.RawKeys;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.drift.OldAttempt.Fault;
import io.regionsnap.testkit.drift.OldAttempt.Retry;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Runs of the writer that regionsnap replaces, with faults, up to now: what is left of its keys is
 * in the store afterwards. Not thread-safe.
 */
public final class OldRuns {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static final List<String> REGIONS = List.of("europe", "mena");
  private static final List<String> REASONS =
      List.of("scheduled_6h", "regime_shift", "corridor_break");

  /** When snapshots are generated, from now. Some share a bucket, and some are beyond retention. */
  private static final long[] OFFSETS = {
    -10 * MINUTE,
    -13 * MINUTE,
    -HOUR,
    -6 * HOUR,
    -7 * HOUR,
    -DAY,
    -30 * DAY,
    -89 * DAY,
    -90 * DAY - HOUR,
    -100 * DAY,
    HOUR,
    200 * DAY
  };

  /** How long after that they are written. */
  private static final long[] LAGS = {5_000, 45_000, 20 * MINUTE, 7 * HOUR, 2 * DAY};

  /** By how much the writer's clock is ahead. */
  private static final long[] SKEWS = {0, 2 * MINUTE, -2 * MINUTE, 2 * DAY, -2 * DAY, 0};

  private final KeyLayout layout;
  private final long nowMillis;
  private final OldKeys keys;
  private long atMillis = Long.MIN_VALUE;

  private OldRuns(RawKeys raw, KeyLayout layout, long nowMillis) {
    this.layout = layout;
    this.nowMillis = nowMillis;
    this.keys = new OldKeys(raw);
  }

  /**
   * Any attempts.
   *
   * @param most how many at most
   * @return lists of attempts, one or more in each
   */
  public static Arbitrary<List<OldAttempt>> attempts(int most) {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 10_000);
    return Combinators.combine(
            numbers,
            numbers,
            Arbitraries.frequency(
                Tuple.of(8, Fault.NONE),
                Tuple.of(8, Fault.CUT),
                Tuple.of(12, Fault.COMMAND_LOST),
                Tuple.of(4, Fault.OUT_OF_MEMORY),
                Tuple.of(2, Fault.INDEX_IS_VALUE),
                Tuple.of(1, Fault.SECONDS)),
            Arbitraries.integers().between(0, 6),
            // As often not as otherwise.
            Arbitraries.integers().between(0, 14),
            Arbitraries.of(Retry.class))
        .as(OldAttempt::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(most);
  }

  /**
   * Makes attempts, one after the other as far as they do not overlap.
   *
   * @param attempts what is tried, and what goes wrong
   * @param raw the keys of a store, in which the writer goes on with what is there
   * @param layout how they are named
   * @param nowMillis the store's clock; epoch milliseconds
   */
  public static void play(
      List<OldAttempt> attempts, RawKeys raw, KeyLayout layout, long nowMillis) {
    OldRuns runs = new OldRuns(raw, layout, nowMillis);
    Iterator<OldAttempt> left = attempts.iterator();
    while (left.hasNext()) {
      runs.play(left);
    }
    runs.keys.save(nowMillis);
  }

  private void play(Iterator<OldAttempt> left) {
    OldAttempt attempt = left.next();
    long generatedAtMillis = nowMillis + choose(OFFSETS, attempt.snapshot());
    Snapshot snapshot = snapshot(attempt, generatedAtMillis);
    passTo(generatedAtMillis + choose(LAGS, attempt.timing()));
    if (attempt.fault() == Fault.INDEX_IS_VALUE) {
      keys.put(
          layout.index(snapshot.region()),
          new ObservedValue(Value.utf8("no index"), OptionalLong.empty()));
    }
    send(attempt, snapshot, attempt.fault(), left);
    if (attempt.retry() != Retry.NEVER) {
      passTo(atMillis + (attempt.retry() == Retry.LATER ? 20 * MINUTE : 0));
      send(attempt, snapshot, Fault.NONE, left);
    }
  }

  /** Never back, and never beyond now. */
  private void passTo(long millis) {
    atMillis = Math.max(atMillis, Math.min(nowMillis, millis));
  }

  private void send(
      OldAttempt attempt, Snapshot snapshot, Fault fault, Iterator<OldAttempt> others) {
    for (int place = 0; place < 7; place++) {
      if (place == attempt.overlap() && others.hasNext()) {
        play(others);
      }
      if (fault == Fault.CUT && place == attempt.place()) {
        return;
      }
      boolean isDone = apply(place, attempt, snapshot, fault);
      if (place == 0 && !isDone) {
        return;
      }
    }
  }

  /** Returns whether the server did it. */
  private boolean apply(int place, OldAttempt attempt, Snapshot snapshot, Fault fault) {
    OldCommands commands =
        new OldCommands(layout, atMillis, atMillis + choose(SKEWS, attempt.timing() / 7));
    List<Object> command =
        place == 0 ? commands.claim(snapshot) : commands.write(snapshot).get(place - 1);
    return !isLost(place, attempt, fault, command)
        && keys.apply(command, atMillis) == OldKeys.Answer.OK;
  }

  private static boolean isLost(int place, OldAttempt attempt, Fault fault, List<Object> command) {
    return switch (fault) {
      case COMMAND_LOST -> place == attempt.place();
      case OUT_OF_MEMORY -> place >= attempt.place() && takesMemory(command);
      default -> false;
    };
  }

  private static boolean takesMemory(List<Object> command) {
    return command.get(0).equals("SET") || command.get(0).equals("ZADD");
  }

  private static Snapshot snapshot(OldAttempt attempt, long generatedAtMillis) {
    int number = attempt.snapshot();
    int offset = number % OFFSETS.length;
    int twin = number / 31 % 2;
    String region = REGIONS.get(number / 62 % REGIONS.size());
    return SnapshotDocuments.snapshot(
        region,
        "%s-old-%d-%d".formatted(region, offset, twin),
        attempt.fault() == Fault.SECONDS ? generatedAtMillis / 1000 : generatedAtMillis,
        REASONS.get((offset / 2 + twin) % REASONS.size()),
        "old " + twin);
  }

  private static long choose(long[] some, int number) {
    return some[number % some.length];
  }
}
