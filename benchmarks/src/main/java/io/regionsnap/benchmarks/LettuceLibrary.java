package io.regionsnap.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Reading by hand with Lettuce, in two flushes: names, then bodies. It parses nothing, and two
 * flushes are two instants: a writer in between is not noticed.
 */
final class LettuceLibrary implements Library {
  private final RedisServer server;
  private final Policy policy;
  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;
  private final RedisAsyncCommands<String, byte[]> redis;

  LettuceLibrary(RedisServer server, Policy policy) {
    this.server = server;
    this.policy = policy;
    this.client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
    this.connection = client.connect(RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE));
    this.redis = connection.async();
    connection.setAutoFlushCommands(false);
  }

  @Override
  public void add(List<Document> documents, InstantSource clock) {
    try (TransactionalStore store = Backend.redis(server.port(), CommitMode.SCRIPT)) {
      Library.add(store, policy, documents, clock);
    }
  }

  @Override
  public long latest(List<Region> regions) {
    List<RedisFuture<byte[]>> pointers = new ArrayList<>();
    for (Region region : regions) {
      pointers.add(redis.get("snapshot:latest:{" + region.name() + "}"));
    }
    connection.flushCommands();
    List<RedisFuture<byte[]>> bodies = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      bodies.add(body(regions.get(i), LettuceSight.await(pointers.get(i))));
    }
    connection.flushCommands();
    return bytes(bodies);
  }

  @Override
  public long history(Region region, int limit) {
    RedisFuture<List<byte[]>> ids =
        redis.zrevrange("snapshot:index:{" + region.name() + "}", 0, limit - 1);
    connection.flushCommands();
    List<RedisFuture<byte[]>> bodies = new ArrayList<>();
    for (byte[] id : LettuceSight.await(ids)) {
      bodies.add(body(region, id));
    }
    connection.flushCommands();
    return bytes(bodies);
  }

  private RedisFuture<byte[]> body(Region region, byte[] id) {
    return redis.get(
        "snapshot:id:{" + region.name() + "}:" + new String(id, StandardCharsets.US_ASCII));
  }

  private static long bytes(List<RedisFuture<byte[]>> bodies) {
    long bytes = 0;
    for (RedisFuture<byte[]> body : bodies) {
      bytes += LettuceSight.await(body).length;
    }
    return bytes;
  }

  @Override
  public void close() {
    client.shutdown();
    server.close();
  }
}
