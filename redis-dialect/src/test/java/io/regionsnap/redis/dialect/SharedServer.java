package io.regionsnap.redis.dialect;

import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;

/**
 * Servers that all tests of this JVM empty and use in turn, each started when it is first needed;
 * they end with the JVM. Mutation testing runs each test by itself thousands of times, and would
 * start a server for each.
 */
final class SharedServer {
  private SharedServer() {}

  /** Any server. */
  static RedisEndpoint endpoint() {
    return Endpoint.OPEN;
  }

  /** A process of our own, empty and with as much memory as it wants. */
  static RedisServer usual() {
    return asNew(Usual.STARTED);
  }

  /** The same of the oldest line that is served. */
  static RedisServer oldest() {
    return asNew(Oldest.STARTED);
  }

  private static RedisServer asNew(RedisServer server) {
    try (RespClient client = server.connect()) {
      client.call("CONFIG", "SET", "maxmemory", "0");
      client.call("FLUSHALL");
    }
    return server;
  }

  private static final class Endpoint {
    static final RedisEndpoint OPEN = RedisEndpoint.open();
  }

  private static final class Usual {
    static final RedisServer STARTED = RedisServer.start();
  }

  private static final class Oldest {
    static final RedisServer STARTED = RedisServer.start(RedisBinary.OLDEST);
  }
}
