package io.regionsnap.proof.redis;

import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.adapters.redis.RedisStore;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A server, a breakable way to it for the store, and a way past that for the observer. The store
 * has a user of its own, so that taking permissions away does not blind the observer.
 */
public final class RedisBench implements Bench {
  /** The store's user. */
  public static final String USER = "writer";

  static final String PASSWORD = "secret";

  private final RedisServer server;
  private final Wire wire;
  private RespClient client;

  private RedisBench(RedisServer server) {
    this.server = server;
    this.wire = Wire.to(server.port());
    this.client = server.connect();
  }

  /**
   * Starts a server.
   *
   * @param options of the server
   * @return the bench; to be closed
   */
  public static RedisBench start(String... options) {
    List<String> all =
        new ArrayList<>(List.of("--user", USER, "on", ">" + PASSWORD, "~*", "&*", "+@all"));
    all.addAll(List.of(options));
    return new RedisBench(RedisServer.start(all.toArray(String[]::new)));
  }

  /**
   * The name of the store in the summary.
   *
   * @param mode how it commits
   * @return its name and its mode
   */
  public static String name(CommitMode mode) {
    return "redis " + mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String nameOf(CommitMode mode) {
    return name(mode);
  }

  @Override
  public TransactionalStore open(CommitMode mode, Duration timeout) {
    return RedisStore.open(
        "redis://" + USER + ":" + PASSWORD + "@127.0.0.1:" + wire.port(),
        RedisOptions.defaults().withMode(mode).withTimeouts(timeout, timeout));
  }

  /**
   * A connection over the breakable way, as the store's user.
   *
   * @return a client; to be closed
   */
  public RespClient connectOverWire() {
    RespClient over = RespClient.connect(wire.port());
    over.call("AUTH", USER, PASSWORD);
    return over;
  }

  /**
   * The server.
   *
   * @return the server
   */
  public RedisServer server() {
    return server;
  }

  @Override
  public Wire wire() {
    return wire;
  }

  /**
   * A client past the breakable way that may do everything.
   *
   * @return the client; another one after a restart
   */
  public RespClient client() {
    return client;
  }

  @Override
  public Map<Key, ObservedKey> keys() {
    return new AtomicKeys(client).readAll();
  }

  /**
   * Somebody who tampers with keys.
   *
   * @return the tamperer, until the next restart
   */
  public RedisRawKeys raw() {
    return new RedisRawKeys(List.of(client));
  }

  @Override
  public void clear() {
    client.call("FLUSHALL");
  }

  @Override
  public Runnable keep() {
    Picture picture = new Picture(client);
    return () -> picture.putBack(client);
  }

  @Override
  public void settle() {
    wire.settle();
  }

  /**
   * The way past the breakable one, as the store's user.
   *
   * @return a URL with credentials, for this machine alone
   */
  public URI url() {
    return URI.create("redis://" + USER + ":" + PASSWORD + "@127.0.0.1:" + server.port());
  }

  /** Kills the server and starts it again. */
  public void restart() {
    server.kill();
    server.restart();
    reconnect();
  }

  /** Connects again to a server that was started again. */
  void reconnect() {
    client.close();
    client = server.connect();
  }

  @Override
  public void close() {
    client.close();
    wire.close();
    server.close();
  }
}
