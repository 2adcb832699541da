package io.regionsnap.testkit.rest;

import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RespClient;
import java.util.ArrayList;
import java.util.List;

/** One Redis for the tests of a class, and servers in front of it, one for each test. */
final class RestFixture implements AutoCloseable {
  private final RedisEndpoint redis = RedisEndpoint.open();
  private final RespClient behind = redis.connect();
  private final List<RestServer> servers = new ArrayList<>();

  /** A client of a new server. */
  TestClient serve(RestOptions options) {
    RestServer server = RestServer.start(redis.url(), options);
    servers.add(server);
    return new TestClient(server);
  }

  /** Looks at the Redis behind the server. */
  RespClient behind() {
    return behind;
  }

  /** Ends the servers and empties the Redis. */
  void reset() {
    servers.forEach(RestServer::close);
    servers.clear();
    behind.call("FLUSHDB");
  }

  @Override
  public void close() {
    reset();
    behind.close();
    redis.close();
  }
}
