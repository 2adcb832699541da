package io.regionsnap.redis.dialect;

import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.TransactionalStoreContract;
import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on a real server, one for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class DialectContract extends TransactionalStoreContract {
  private final DialectStore.Way way;
  private RedisEndpoint endpoint;
  private RespClient observer;

  DialectContract(DialectStore.Way way) {
    this.way = way;
  }

  @BeforeAll
  void startServer() {
    endpoint = RedisEndpoint.open();
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
        new DialectStore(endpoint.url(), way),
        new RedisRawKeys(List.of(observer)),
        Optional.empty());
  }
}
