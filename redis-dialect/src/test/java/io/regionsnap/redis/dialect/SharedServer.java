package io.regionsnap.redis.dialect;

import io.regionsnap.testkit.redis.RedisEndpoint;

/**
 * A server that all tests of this JVM empty and use in turn; it ends with the JVM. Mutation testing
 * runs each test by itself thousands of times, and would start a server for each.
 */
final class SharedServer {
  private static final RedisEndpoint ENDPOINT = RedisEndpoint.open();

  private SharedServer() {}

  static RedisEndpoint endpoint() {
    return ENDPOINT;
  }
}
