package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.TransactionalStoreContract;
import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on one real server for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class StandaloneContract extends TransactionalStoreContract {
  private final RedisOptions options;
  private final Supplier<RedisEndpoint> server;
  private RedisEndpoint endpoint;
  private RespClient observer;

  StandaloneContract(CommitMode mode) {
    this(mode, RedisEndpoint::open);
  }

  StandaloneContract(CommitMode mode, Supplier<RedisEndpoint> server) {
    this(RedisOptions.defaults().withMode(mode), server);
  }

  StandaloneContract(RedisOptions options, Supplier<RedisEndpoint> server) {
    this.options = options;
    this.server = server;
  }

  @BeforeAll
  void startServer() {
    endpoint = server.get();
    observer = endpoint.connect();
  }

  @AfterAll
  void stopServer() {
    observer.close();
    endpoint.close();
  }

  @Override
  protected StoreFixture createFixture() {
    observer.call("FLUSHDB");
    return new StoreFixture(
        RedisStore.open(endpoint.url().toString(), options),
        new RedisRawKeys(List.of(observer)),
        Optional.empty());
  }
}
