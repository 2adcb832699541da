package io.regionsnap.proof.upstash;

import io.regionsnap.adapters.upstash.UpstashOptions;
import io.regionsnap.adapters.upstash.UpstashStore;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.redis.Bench;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.proof.redis.Wire;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.rest.RestRequest;
import io.regionsnap.testkit.rest.RestServer;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A REST server in front of a real Redis, a breakable way to it for the store, and a way past both
 * for the observer. It knows when the REST server has come to the end of what it was sent.
 */
public final class RestBench implements Bench {
  private final RedisBench redis;
  private final RestServer server;
  private final Wire wire;
  private final Arrivals arrived = new Arrivals();
  private final Arrivals answered = new Arrivals();
  private long unanswered;

  private RestBench(RedisBench redis) {
    this.redis = redis;
    this.server = RestServer.start(redis.url());
    this.wire = Wire.to(server.url().getPort());
  }

  /**
   * Starts the servers.
   *
   * @param options of the Redis server
   * @return the bench; to be closed
   */
  public static RestBench start(String... options) {
    return new RestBench(RedisBench.start(options));
  }

  /**
   * The Redis behind the REST server.
   *
   * @return its bench, whose way nobody takes
   */
  public RedisBench redis() {
    return redis;
  }

  /**
   * The REST server.
   *
   * @return the server
   */
  public RestServer server() {
    return server;
  }

  @Override
  public String nameOf(CommitMode mode) {
    return "upstash " + mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public TransactionalStore open(CommitMode mode, Duration timeout) {
    return UpstashStore.open(
        URI.create("http://127.0.0.1:" + wire.port()),
        server.token(),
        UpstashOptions.defaults().withMode(mode).withTimeouts(timeout, timeout, timeout));
  }

  @Override
  public Wire wire() {
    return wire;
  }

  @Override
  public Map<Key, ObservedKey> keys() {
    return redis.keys();
  }

  @Override
  public void clear() {
    redis.clear();
  }

  @Override
  public Runnable keep() {
    return redis.keep();
  }

  /**
   * Takes into account that requests were not carried out, or more than once.
   *
   * @param requests how many will not be; negative for those that are carried out once more
   */
  void expectUnanswered(long requests) {
    unanswered += requests;
  }

  /** Whether every request that has begun to arrive since a moment has arrived whole. */
  boolean areWhole(long begunSince, long arrivedBefore) {
    return arrived() - arrivedBefore == begunSince;
  }

  /** How many requests have arrived whole. */
  long arrived() {
    return arrived.count(server.requests().stream().filter(RestBench::isWhole).toList());
  }

  /** The server takes note of those as well that were cut in the middle, and drops them. */
  private static boolean isWhole(RestRequest request) {
    String length = request.headers().getOrDefault("content-length", "");
    return request.body().size() > 0
        && length.equals(Integer.toString(request.body().size()));
  }

  /** Waits for what was sent, and for what the REST server makes of it on the Redis behind it. */
  @Override
  public void settle() {
    wire.settle();
    // Each request that is carried out is given one token.
    Await.until(
        "every request that arrived was carried out",
        () -> answered.count(server.syncTokens()) >= arrived() - unanswered);
  }

  @Override
  public void close() {
    wire.close();
    server.close();
    redis.close();
  }
}
