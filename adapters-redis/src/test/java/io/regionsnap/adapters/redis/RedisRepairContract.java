package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.drift.RepairContract;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Audit and repair on a real server and one store for all tries: opening and closing take long. */
@SuppressWarnings("NullAway.Init")
abstract class RedisRepairContract extends RepairContract {
  private final CommitMode mode;
  RedisServer server;
  RespClient client;
  RedisStore store;

  RedisRepairContract(CommitMode mode) {
    this.mode = mode;
  }

  @BeforeProperty
  void start() {
    server = RedisServer.start();
    client = server.connect();
    store = RedisStore.open(server.url().toString(), Small.options(mode));
  }

  @AfterProperty
  void stop() {
    store.close();
    client.close();
    server.close();
  }

  @Override
  protected StoreFixture fixture() {
    client.call("FLUSHALL");
    return new StoreFixture(store, new RedisRawKeys(List.of(client)), Optional.empty());
  }
}
