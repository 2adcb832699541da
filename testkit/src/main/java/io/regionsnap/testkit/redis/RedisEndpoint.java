package io.regionsnap.testkit.redis;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A plain server for tests that need no options: the one that {@code REGIONSNAP_TEST_REDIS_URL}
 * names, else a container of its own where a Docker engine answers, else a process of its own.
 *
 * <p>The environment variable's server is emptied (FLUSHDB) without asking: give it one that has
 * nothing to lose.
 */
public final class RedisEndpoint implements AutoCloseable {
  /** The environment variable that names a server to use. */
  public static final String VARIABLE = "REGIONSNAP_TEST_REDIS_URL";

  private final URI url;
  private final Runnable end;

  private RedisEndpoint(URI url, Runnable end) {
    this.url = url;
    this.end = end;
  }

  /**
   * Finds or starts a server.
   *
   * @return the server, reachable; to be closed
   */
  public static RedisEndpoint open() {
    return open(System.getenv(VARIABLE), DockerEngine.ofThisMachine());
  }

  static RedisEndpoint open(@Nullable String given, Containers containers) {
    if (given != null && !given.isBlank()) {
      return new RedisEndpoint(URI.create(given), () -> {});
    }
    if (containers.areAvailable()) {
      Containers.Started started = containers.start();
      return new RedisEndpoint(started.url(), started.stop());
    }
    return open(RedisBinary.USUAL);
  }

  /**
   * Starts a server of its own, whatever the machine has otherwise.
   *
   * @param binary the program
   * @return the server, reachable; to be closed
   */
  public static RedisEndpoint open(RedisBinary binary) {
    RedisServer server = RedisServer.start(binary);
    return new RedisEndpoint(server.url(), server::close);
  }

  /**
   * Its address.
   *
   * @return the URL, with credentials if there are any
   */
  public URI url() {
    return url;
  }

  /**
   * Connects.
   *
   * @return a client; to be closed
   */
  public RespClient connect() {
    return RespClient.connect(url);
  }

  @Override
  public void close() {
    end.run();
  }
}
