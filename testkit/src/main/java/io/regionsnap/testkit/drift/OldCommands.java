package io.regionsnap.testkit.drift;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.ports.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the writer that regionsnap replaces sends of a snapshot: a claim, and six commands.
 *
 * <p>It keeps claims for 900 s, views and pointer for 90 days from the write, and the index for
 * ever. It says so by the instant (PXAT, for EX), so that a test may say what time it is. It trims
 * the index by its own clock.
 *
 * @param layout how its keys are named
 * @param serverMillis the clock by which its keys expire; epoch milliseconds
 * @param writerMillis its own clock; epoch milliseconds
 */
record OldCommands(KeyLayout layout, long serverMillis, long writerMillis) {
  private static final Duration CLAIM_LIFETIME = Duration.ofMinutes(15);
  private static final Duration LIFETIME = Duration.ofDays(90);

  /** The first request: a name and its arguments, none of them null. */
  List<Object> claim(Snapshot snapshot) {
    Key claim = layout.claim(
        snapshot.region(),
        snapshot.reason(),
        Policy.DEFAULT.bucketOf(snapshot.generatedAtMillis()));
    return set(claim, snapshot.id(), CLAIM_LIFETIME, "NX");
  }

  /** The second request: six commands. */
  List<List<Object>> write(Snapshot snapshot) {
    Key index = layout.index(snapshot.region());
    String body = snapshot.body().asUtf8();
    return List.of(
        set(layout.timestampView(snapshot.region(), snapshot.generatedAtMillis()), body, LIFETIME),
        set(layout.idView(snapshot.region(), snapshot.id()), body, LIFETIME),
        set(layout.pointer(snapshot.region()), snapshot.id(), LIFETIME),
        List.of("ZADD", index, snapshot.generatedAtMillis(), snapshot.id()),
        List.of("ZREMRANGEBYSCORE", index, "-inf", writerMillis - LIFETIME.toMillis()),
        List.of("DEL", layout.live(snapshot.region())));
  }

  private List<Object> set(Key key, Object value, Duration lifetime, Object... options) {
    List<Object> command =
        new ArrayList<>(List.of("SET", key, value, "PXAT", serverMillis + lifetime.toMillis()));
    command.addAll(List.of(options));
    return command;
  }
}
