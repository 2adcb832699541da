package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.StoreRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Headers;

/**
 * Keeps the server's wish to be left alone for a while (RFC 9110, {@code Retry-After}): until then
 * nothing is sent, and every request is answered at once as not sent. When to try again is for the
 * caller to decide. Thread-safe.
 */
final class Patience {
  /** No server means more; some send nonsense. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final AtomicLong untilNanos = new AtomicLong(System.nanoTime());

  /** Takes note of an answer. */
  void heard(int status, Headers headers) {
    if (status == 429 || status == 503) {
      wished(headers).ifPresent(wish -> {
        Duration bounded = wish.compareTo(LONGEST) < 0 ? wish : LONGEST;
        untilNanos.set(System.nanoTime() + Math.max(0, bounded.toNanos()));
      });
    }
  }

  private static Optional<Duration> wished(Headers headers) {
    String wish = String.valueOf(headers.get("Retry-After"));
    if (wish.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(wish)));
    }
    return Optional.ofNullable(headers.getInstant("Retry-After"))
        .map(instant -> Duration.between(Instant.now(), instant));
  }

  /** Why nothing is sent at the moment, if so. */
  Optional<StoreRefusal> refusal() {
    long left = untilNanos.get() - System.nanoTime();
    return left <= 0
        ? Optional.empty()
        : Optional.of(new StoreRefusal.Unavailable("not sent: the server has asked to be left alone"
            + " for another %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(left) + 1)));
  }
}
