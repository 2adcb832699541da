package io.regionsnap.benchmarks;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The same commands by hand with Lettuce, each phase in one flush: MULTI and EXEC around the
 * writes, and before them, if it is guarded, WATCH and the reads that the guards need.
 *
 * <p>Each thread has a connection of its own: on a shared one, the commands of others would get
 * between MULTI and EXEC, and WATCH would watch for all of them at once.
 */
final class LettuceContender implements Contender {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);

  private final RedisClient client;
  private final Terms terms;
  private final boolean guarded;

  LettuceContender(int port, Terms terms, boolean guarded) {
    this.client = RedisClient.create(RedisURI.create("127.0.0.1", port));
    this.terms = terms;
    this.guarded = guarded;
  }

  @Override
  public Writer writer(InstantSource clock) {
    StatefulRedisConnection<String, byte[]> connection = client.connect(CODEC);
    connection.setAutoFlushCommands(false);
    return new LettuceWriter(connection, clock);
  }

  @Override
  public void close() {
    client.shutdown();
  }

  // The answer to EXEC has those of all commands before it.
  @SuppressWarnings("FutureReturnValueIgnored")
  private final class LettuceWriter implements Writer {
    private final StatefulRedisConnection<String, byte[]> connection;
    private final RedisAsyncCommands<String, byte[]> redis;
    private final InstantSource clock;

    LettuceWriter(StatefulRedisConnection<String, byte[]> connection, InstantSource clock) {
      this.connection = connection;
      this.redis = connection.async();
      this.clock = clock;
    }

    @Override
    public void persist(List<Document> documents) {
      List<Names> names = documents.stream().map(Names::of).toList();
      if (guarded) {
        watch(documents, names);
      }
      redis.multi();
      for (int i = 0; i < documents.size(); i++) {
        write(documents.get(i), names.get(i));
      }
      RedisFuture<TransactionResult> exec = redis.exec();
      connection.flushCommands();
      TransactionResult result = LettuceSight.await(exec);
      if (result.wasDiscarded() || result.stream().anyMatch(Throwable.class::isInstance)) {
        throw Peers.notNew("it was not applied");
      }
    }

    /** All in one flush; what comes back is judged when all is there. */
    private void watch(List<Document> documents, List<Names> names) {
      RedisFuture<String> watched =
          redis.watch(names.stream().flatMap(Names::all).toArray(String[]::new));
      List<LettuceSight> sights = new ArrayList<>();
      for (int i = 0; i < documents.size(); i++) {
        sights.add(new LettuceSight(redis, documents.get(i), names.get(i)));
      }
      RedisFuture<List<byte[]>> time = redis.time();
      connection.flushCommands();
      LettuceSight.await(watched);
      Peers.requireBefore(LettuceSight.await(time).get(0), clock.millis() + terms.claimLifetime());
      for (int i = 0; i < documents.size(); i++) {
        sights.get(i).requireNew(documents.get(i));
      }
    }

    private void write(Document document, Names names) {
      long at = document.generatedAtMillis();
      byte[] id = document.id().getBytes(StandardCharsets.US_ASCII);
      SetArgs expiry = SetArgs.Builder.pxAt(at + terms.viewLifetime());
      redis.set(names.idView(), document.body(), expiry);
      redis.set(names.timestampView(), document.body(), expiry);
      redis.zadd(names.index(), (double) at, id);
      redis.zremrangebyscore(
          names.index(),
          Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(at - terms.span())));
      redis.pexpireat(names.index(), at + terms.viewLifetime());
      redis.set(names.pointer(), id, expiry);
      redis.del(names.live());
      redis.set(names.claim(), id, SetArgs.Builder.pxAt(clock.millis() + terms.claimLifetime()));
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
