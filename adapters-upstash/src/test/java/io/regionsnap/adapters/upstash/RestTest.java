package io.regionsnap.adapters.upstash;

import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.rest.RestOptions;
import io.regionsnap.testkit.rest.RestServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** One Redis for all tests of a class, emptied before each, and REST servers in front of it. */
@SuppressWarnings("NullAway.Init")
abstract class RestTest {
  static RedisEndpoint redis;
  static RespClient observer;
  static RedisRawKeys raw;

  RestServer server;

  @BeforeAll
  static void startRedis() {
    redis = RedisEndpoint.open();
    observer = redis.connect();
    raw = new RedisRawKeys(List.of(observer));
  }

  @AfterAll
  static void stopRedis() {
    observer.close();
    redis.close();
  }

  @BeforeEach
  void startServer() {
    observer.call("FLUSHALL");
    server = RestServer.start(redis.url());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** Takes the place of the server that behaves as Upstash documents itself. */
  RestServer restart(RestOptions options) {
    server.close();
    server = RestServer.start(redis.url(), options);
    return server;
  }

  UpstashStore open(UpstashOptions options) {
    return UpstashStore.open(server.url(), server.token(), options);
  }
}
