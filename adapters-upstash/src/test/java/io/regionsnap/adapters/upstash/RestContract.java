package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.TransactionalStoreContract;
import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.rest.RestOptions;
import io.regionsnap.testkit.rest.RestServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract through REST; keys are observed on the Redis behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class RestContract extends TransactionalStoreContract {
  private final UpstashOptions options;
  private final RestOptions kind;
  private RedisEndpoint redis;
  private RestServer server;
  private RespClient observer;

  RestContract(CommitMode mode, RestOptions kind) {
    this.options = UpstashOptions.defaults().withMode(mode);
    this.kind = kind;
  }

  @BeforeAll
  void startServers() {
    redis = RedisEndpoint.open();
    server = RestServer.start(redis.url(), kind);
    observer = redis.connect();
  }

  @AfterAll
  void stopServers() {
    observer.close();
    server.close();
    redis.close();
  }

  @Override
  protected StoreFixture createFixture() {
    observer.call("FLUSHDB");
    return new StoreFixture(
        UpstashStore.open(server.url(), server.token(), options),
        new RedisRawKeys(List.of(observer)),
        Optional.empty(),
        true);
  }
}
