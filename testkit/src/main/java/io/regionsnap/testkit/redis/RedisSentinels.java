package io.regionsnap.testkit.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A primary and a replica of this test, watched by three sentinels of which two must agree.
 *
 * <p>Ready when {@link #start} returns: the replica follows, and every sentinel knows it and the
 * other sentinels, so that the primary may be killed at once. They promote the replica a few
 * seconds later. Not thread-safe.
 */
public final class RedisSentinels implements AutoCloseable {
  private static final String NAME = "master";
  private static final int SENTINELS = 3;
  private static final int QUORUM = 2;
  private static final int DOWN_AFTER_MILLIS = 1_000;
  private static final int FAILOVER_TIMEOUT_MILLIS = 3_000;

  private final List<RedisServer> servers = new ArrayList<>();
  private final List<RedisServer> sentinels = new ArrayList<>();

  private RedisSentinels() {}

  /**
   * Starts all five.
   *
   * @param options of the primary and of the replica, as for {@link RedisServer#start}; none that
   *     asks for a password
   * @return the servers; to be closed
   */
  public static RedisSentinels start(String... options) {
    RedisSentinels started = new RedisSentinels();
    try {
      RedisServer primary = RedisServer.start(options);
      started.servers.add(primary);
      started.servers.add(primary.startReplica(options));
      for (int i = 0; i < SENTINELS; i++) {
        started.sentinels.add(RedisServer.startSentinel(configuration(primary)));
      }
      Await.until(started::logs, () -> started.sentinels.stream().allMatch(started::knowsAll));
      return started;
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  private static String configuration(RedisServer primary) {
    return """
        sentinel monitor %1$s 127.0.0.1 %2$d %3$d
        sentinel down-after-milliseconds %1$s %4$d
        sentinel failover-timeout %1$s %5$d
        """.formatted(NAME, primary.port(), QUORUM, DOWN_AFTER_MILLIS, FAILOVER_TIMEOUT_MILLIS);
  }

  private boolean knowsAll(RedisServer sentinel) {
    try (RespClient client = sentinel.connect()) {
      return client.list("SENTINEL", "REPLICAS", NAME).size() == servers.size() - 1
          && client.list("SENTINEL", "SENTINELS", NAME).size() == SENTINELS - 1
          && client.text("SENTINEL", "CKQUORUM", NAME).startsWith("OK " + SENTINELS);
    } catch (RespError e) {
      if (e.text().startsWith("NOQUORUM")) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Makes the servers and the sentinels ask for passwords from now on. What this class asks them
   * itself is refused then.
   *
   * @param password of the servers
   * @param sentinelPassword of the sentinels
   */
  public void lock(String password, String sentinelPassword) {
    // From the back: who has to know a password knows it before it is asked for.
    each(sentinels, "SENTINEL", "SET", NAME, "auth-pass", password);
    each(sentinels, "SENTINEL", "CONFIG", "SET", "sentinel-pass", sentinelPassword);
    each(sentinels, "ACL", "SETUSER", "default", "resetpass", ">" + sentinelPassword);
    each(servers, "CONFIG", "SET", "masterauth", password);
    each(servers, "CONFIG", "SET", "requirepass", password);
  }

  private static void each(List<RedisServer> targets, Object... command) {
    for (RedisServer target : targets) {
      try (RespClient client = target.connect()) {
        client.call(command);
      }
    }
  }

  /**
   * The primary as the sentinels see it now, dead or alive.
   *
   * @return one of {@link #servers()}
   * @throws IllegalStateException if they disagree or none is running
   */
  public RedisServer primary() {
    List<Integer> ports = sentinels.stream()
        .filter(sentinel -> sentinel.process().isAlive())
        .map(RedisSentinels::primaryPort)
        .distinct()
        .toList();
    if (ports.size() != 1) {
      throw new IllegalStateException("the sentinels see primaries on the ports " + ports);
    }
    return servers.stream()
        .filter(server -> server.port() == ports.get(0))
        .findFirst()
        .orElseThrow();
  }

  private static int primaryPort(RedisServer sentinel) {
    try (RespClient client = sentinel.connect()) {
      List<?> address = client.list("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
      return Integer.parseInt(new String((byte[]) address.get(1), StandardCharsets.UTF_8));
    }
  }

  /**
   * Waits until all running sentinels see another primary, and it says that it is one.
   *
   * @param lost the primary that was killed
   * @return the new one
   */
  public RedisServer awaitFailover(RedisServer lost) {
    Await.until(
        () -> "another primary than " + lost.port() + "\n" + logs(), () -> hasReplaced(lost));
    return primary();
  }

  private boolean hasReplaced(RedisServer lost) {
    try {
      RedisServer primary = primary();
      return primary != lost && role(primary).equals("master");
    } catch (IllegalStateException e) {
      // They have not agreed yet.
      return false;
    }
  }

  /** What a server says that it is. */
  static String role(RedisServer server) {
    try (RespClient client = server.connect()) {
      return new String((byte[]) client.list("ROLE").get(0), StandardCharsets.UTF_8);
    }
  }

  private String logs() {
    return "the sentinels' logs:\n"
        + sentinels.stream().map(RedisServer::log).collect(Collectors.joining("\n"));
  }

  /**
   * The servers that hold data.
   *
   * @return the first primary, then its replica, whatever they are now
   */
  public List<RedisServer> servers() {
    return List.copyOf(servers);
  }

  /**
   * The sentinels.
   *
   * @return three servers
   */
  public List<RedisServer> sentinels() {
    return List.copyOf(sentinels);
  }

  /**
   * Their address, in the form that Lettuce reads.
   *
   * @return {@code redis-sentinel://host:port,host:port,host:port/0#master}
   */
  public String url() {
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(Collectors.joining(",", "redis-sentinel://", "/0#" + NAME));
  }

  @Override
  public void close() {
    // First, so that they do not act on what they see of the end of the others.
    sentinels.forEach(RedisServer::close);
    servers.forEach(RedisServer::close);
  }
}
