package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.TransactionalStoreContract;
import io.regionsnap.testkit.redis.RedisCluster;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on one cluster of six nodes for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class ClusterContract extends TransactionalStoreContract {
  private final RedisOptions options;
  private RedisCluster cluster;
  private List<RespClient> observers;

  ClusterContract(CommitMode mode) {
    this(RedisOptions.defaults().withMode(mode));
  }

  ClusterContract(RedisOptions options) {
    this.options = options;
  }

  @BeforeAll
  void startCluster() {
    cluster = RedisCluster.start();
    observers = cluster.primaries().stream().map(RedisServer::connect).toList();
  }

  @AfterAll
  void stopCluster() {
    observers.forEach(RespClient::close);
    cluster.close();
  }

  @Override
  protected StoreFixture createFixture() {
    observers.forEach(observer -> observer.call("FLUSHALL"));
    return new StoreFixture(
        RedisStore.open(cluster.url(), options), new RedisRawKeys(observers), Optional.empty());
  }
}
