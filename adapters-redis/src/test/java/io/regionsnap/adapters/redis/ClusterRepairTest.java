package io.regionsnap.adapters.redis;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.drift.RepairContract;
import io.regionsnap.testkit.redis.RedisCluster;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Audit and repair on a cluster, which takes one layout only. */
@SuppressWarnings("NullAway.Init")
class ClusterRepairTest extends RepairContract {
  private static RedisCluster cluster;
  private static List<RespClient> observers;
  private static RedisStore store;

  @BeforeContainer
  static void start() {
    cluster = RedisCluster.start();
    observers = cluster.primaries().stream().map(RedisServer::connect).toList();
    store = RedisStore.open(cluster.url(), Small.options(CommitMode.SCRIPT));
  }

  @AfterContainer
  static void stop() {
    store.close();
    observers.forEach(RespClient::close);
    cluster.close();
  }

  @Override
  protected Set<KeyLayout> layouts() {
    return Set.of(KeyLayout.TAGGED);
  }

  @Override
  protected StoreFixture fixture() {
    observers.forEach(observer -> observer.call("FLUSHALL"));
    return new StoreFixture(store, new RedisRawKeys(observers), Optional.empty());
  }
}
