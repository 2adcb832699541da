package io.regionsnap.benchmarks;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the guards of one document look at, on its way back from the server. */
final class LettuceSight {
  private static final long TIMEOUT_SECONDS = 30;

  private final RedisFuture<byte[]> idView;
  private final RedisFuture<byte[]> timestampView;
  private final RedisFuture<byte[]> claim;
  private final RedisFuture<byte[]> pointer;
  private final RedisFuture<Long> live;
  private final RedisFuture<List<ScoredValue<byte[]>>> top;
  private final RedisFuture<Double> score;
  private final RedisFuture<List<byte[]>> sameTime;

  /** Writes the reads to the connection, without flushing it. */
  LettuceSight(RedisAsyncCommands<String, byte[]> redis, Document document, Names names) {
    long at = document.generatedAtMillis();
    idView = redis.get(names.idView());
    timestampView = redis.get(names.timestampView());
    claim = redis.get(names.claim());
    pointer = redis.get(names.pointer());
    live = redis.strlen(names.live());
    top = redis.zrevrangeWithScores(names.index(), 0, 0);
    score = redis.zscore(names.index(), document.id().getBytes(StandardCharsets.US_ASCII));
    sameTime = redis.zrangebyscore(names.index(), Range.create(at, at), Limit.from(1));
  }

  /** Every guard of a snapshot that is new and newest; others would need a closer look. */
  void requireNew(Document document) {
    await(live);
    boolean free = await(idView) == null
        && await(timestampView) == null
        && await(claim) == null
        && await(score) == null
        && await(sameTime).isEmpty();
    List<ScoredValue<byte[]>> newest = await(top);
    byte[] named = await(pointer);
    boolean forward = newest.isEmpty()
        ? named == null
        : Arrays.equals(named, newest.get(0).getValue())
            && newest.get(0).getScore() < document.generatedAtMillis();
    if (!free || !forward) {
      throw Peers.notNew("a guard does not hold");
    }
  }

  static <T> T await(RedisFuture<T> future) {
    try {
      return future.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
