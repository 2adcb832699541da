package io.regionsnap.adapters.redis;

import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.TransactionalStoreContract;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on a primary whose replica has to confirm every commit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ReplicatedTest extends TransactionalStoreContract {
  private RedisServer primary;
  private RedisServer replica;
  private RespClient observer;

  @BeforeAll
  void start() {
    primary = RedisServer.start("--repl-diskless-sync-delay", "0");
    replica = RedisServer.start("--replicaof", "127.0.0.1 " + primary.port());
    observer = primary.connect();
    Await.until(
        "the replica is attached",
        () -> observer.text("INFO", "replication").contains("state=online"));
  }

  @AfterAll
  void stop() {
    observer.close();
    replica.close();
    primary.close();
  }

  @Override
  protected StoreFixture createFixture() {
    observer.call("FLUSHALL");
    RedisOptions options = RedisOptions.defaults()
        .withDurableReplicas(1)
        .withListener(new RedisListener() {
          @Override
          public void scriptsRefused(String message) {
            throw new AssertionError(message);
          }

          @Override
          public void fewerReplicas(int wanted, int confirmed) {
            throw new AssertionError(confirmed + " of " + wanted + " replicas");
          }
        });
    return new StoreFixture(
        RedisStore.open(primary.url().toString(), options),
        new RedisRawKeys(List.of(observer)),
        Optional.empty());
  }
}
