package io.regionsnap.benchmarks;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * The pipeline of old, with Lettuce: the claim in a request of its own, then six commands in one
 * flush. Not atomic; the index never expires; a document after the other.
 */
final class OldPipelineContender implements Contender {
  private final RedisClient client;
  private final Terms terms;

  OldPipelineContender(int port, Terms terms) {
    this.client = RedisClient.create(RedisURI.create("127.0.0.1", port));
    this.terms = terms;
  }

  @Override
  public Writer writer(InstantSource clock) {
    StatefulRedisConnection<String, byte[]> connection =
        client.connect(RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE));
    connection.setAutoFlushCommands(false);
    return new OldWriter(connection);
  }

  @Override
  public void close() {
    client.shutdown();
  }

  // It looks at the last answer only; the old one looked at none.
  @SuppressWarnings("FutureReturnValueIgnored")
  private final class OldWriter implements Writer {
    private final StatefulRedisConnection<String, byte[]> connection;

    OldWriter(StatefulRedisConnection<String, byte[]> connection) {
      this.connection = connection;
    }

    @Override
    public void persist(List<Document> documents) {
      documents.forEach(this::persist);
    }

    private void persist(Document document) {
      RedisAsyncCommands<String, byte[]> redis = connection.async();
      Names names = Names.of(document);
      byte[] id = document.id().getBytes(StandardCharsets.US_ASCII);
      long at = document.generatedAtMillis();
      RedisFuture<String> claim =
          redis.set(names.claim(), id, SetArgs.Builder.nx().px(terms.claimLifetime()));
      connection.flushCommands();
      if (LettuceSight.await(claim) == null) {
        throw Peers.notNew("its claim is held");
      }
      SetArgs expiry = SetArgs.Builder.px(terms.viewLifetime());
      redis.set(names.timestampView(), document.body(), expiry);
      redis.set(names.idView(), document.body(), expiry);
      redis.set(names.pointer(), id, expiry);
      redis.zadd(names.index(), (double) at, id);
      redis.zremrangebyscore(
          names.index(),
          Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(at - terms.span())));
      RedisFuture<Long> last = redis.del(names.live());
      connection.flushCommands();
      LettuceSight.await(last);
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
