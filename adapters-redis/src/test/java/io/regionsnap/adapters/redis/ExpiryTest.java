package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expiry by the clock of a real server, which nobody can set. */
class ExpiryTest {
  private static final Key VIEW = new Key("view:{t}");
  private static final Key INDEX = new Key("index:{t}");
  private static final Key POINTER = new Key("pointer:{t}");
  private static final long LIFETIME = 1_000_000;

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void viewIndexAndPointer_expireAtOneInstantAndAreGone(CommitMode mode) {
    try (RedisServer server = RedisServer.start();
        RespClient observer = server.connect();
        RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      RedisRawKeys raw = new RedisRawKeys(List.of(observer));
      long expiry = clock(observer) + 500;

      assertThat(commit(store, expiry)).isEqualTo(new CommitResult.Applied());

      Map<Key, ObservedKey> keys = raw.readAll();
      assertThat(keys.keySet()).containsExactlyInAnyOrder(VIEW, INDEX, POINTER);
      assertThat(keys.values())
          .extracting(ObservedKey::expiresAtMillis)
          .containsOnly(OptionalLong.of(expiry));
      Await.until("all of it is gone", () -> raw.readAll().isEmpty());
      assertThat(clock(observer)).isGreaterThanOrEqualTo(expiry);
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void storeClockPastTheInstant_refusesInsteadOfStoringWhatNobodyWouldSee(CommitMode mode) {
    try (RedisServer server = RedisServer.start();
        RespClient observer = server.connect();
        RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      CommitResult result = commit(store, clock(observer) - 1);

      assertThat(result).isInstanceOf(CommitResult.GuardFailed.class);
      assertThat(new RedisRawKeys(List.of(observer)).readAll()).isEmpty();
    }
  }

  private static CommitResult commit(RedisStore store, long expiry) {
    return store
        .commit(List.of(new Transaction(
            List.of(new Guard.StoreClockBefore(expiry)),
            List.of(
                new Write.Put(VIEW, Value.utf8("bytes"), expiry),
                new Write.Add(INDEX, new IndexEntry("id", expiry - LIFETIME)),
                new Write.ExpireWithTop(INDEX, LIFETIME),
                new Write.PointAtTop(POINTER, INDEX, LIFETIME)))))
        .get(0);
  }

  private static long clock(RespClient client) {
    List<?> time = client.list("TIME");
    return Long.parseLong(text(time.get(0))) * 1000 + Long.parseLong(text(time.get(1))) / 1000;
  }

  private static String text(Object reply) {
    return reply instanceof byte[] bytes
        ? Value.copyOf(bytes).asUtf8()
        : reply instanceof Value value ? value.asUtf8() : reply.toString();
  }
}
