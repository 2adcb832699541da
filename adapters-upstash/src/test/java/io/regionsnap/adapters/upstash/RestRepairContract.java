package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.drift.RepairContract;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.rest.RestOptions;
import io.regionsnap.testkit.rest.RestServer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Audit and repair through REST; keys are observed on the Redis behind it. */
@SuppressWarnings("NullAway.Init")
abstract class RestRepairContract extends RepairContract {
  private final CommitMode mode;
  private RedisServer redis;
  private RestServer server;
  private RespClient observer;
  private UpstashStore store;

  RestRepairContract(CommitMode mode) {
    this.mode = mode;
  }

  @BeforeProperty
  void start() {
    redis = RedisServer.start();
    server = RestServer.start(redis.url(), RestOptions.UPSTASH);
    observer = redis.connect();
    store = UpstashStore.open(server.url(), server.token(), Small.options(mode));
  }

  @AfterProperty
  void stop() {
    store.close();
    observer.close();
    server.close();
    redis.close();
  }

  @Override
  protected StoreFixture fixture() {
    observer.call("FLUSHALL");
    return new StoreFixture(store, new RedisRawKeys(List.of(observer)), Optional.empty(), true);
  }
}
