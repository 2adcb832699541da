package io.regionsnap.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchOptions.ExecutionMode;
import org.redisson.api.RBatch;
import org.redisson.api.RBucketAsync;
import org.redisson.api.RScoredSortedSetAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/**
 * Redisson's atomic batch, which is MULTI and EXEC around the commands, on the pool of connections
 * that the threads share. No guards; expiries are relative.
 */
final class RedissonContender implements Contender {
  private final RedissonClient client;
  private final Terms terms;

  RedissonContender(int port, Terms terms) {
    Config config = new Config();
    config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
    this.client = Redisson.create(config);
    this.terms = terms;
  }

  @Override
  public Writer writer(InstantSource clock) {
    return documents -> {
      RBatch batch =
          client.createBatch(BatchOptions.defaults().executionMode(ExecutionMode.IN_MEMORY_ATOMIC));
      documents.forEach(document -> add(batch, document, clock.millis()));
      batch.execute();
    };
  }

  // The batch fails if one of its commands does.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void add(RBatch batch, Document document, long nowMillis) {
    Names names = Names.of(document);
    long at = document.generatedAtMillis();
    Duration lifetime = Duration.ofMillis(at + terms.viewLifetime() - nowMillis);
    for (String view : List.of(names.idView(), names.timestampView())) {
      RBucketAsync<byte[]> bucket = batch.getBucket(view, ByteArrayCodec.INSTANCE);
      bucket.setAsync(document.body(), lifetime);
    }
    RScoredSortedSetAsync<String> index =
        batch.getScoredSortedSet(names.index(), StringCodec.INSTANCE);
    index.addAsync((double) at, document.id());
    index.removeRangeByScoreAsync(
        Double.NEGATIVE_INFINITY, true, (double) (at - terms.span()), false);
    index.expireAsync(Instant.ofEpochMilli(at + terms.viewLifetime()));
    batch
        .<String>getBucket(names.pointer(), StringCodec.INSTANCE)
        .setAsync(document.id(), lifetime);
    batch.getBucket(names.live()).deleteAsync();
    batch
        .<String>getBucket(names.claim(), StringCodec.INSTANCE)
        .setAsync(document.id(), Duration.ofMillis(terms.claimLifetime()));
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
