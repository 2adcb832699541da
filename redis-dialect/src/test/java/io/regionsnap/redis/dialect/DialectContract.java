package io.regionsnap.redis.dialect;

import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.TransactionalStoreContract;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class DialectContract extends TransactionalStoreContract {
  private final DialectStore.Way way;
  private RespClient observer;

  DialectContract(DialectStore.Way way) {
    this.way = way;
  }

  @BeforeAll
  void connect() {
    observer = SharedServer.endpoint().connect();
  }

  @AfterAll
  void disconnect() {
    observer.close();
  }

  @Override
  protected StoreFixture createFixture() {
    observer.call("FLUSHDB");
    return new StoreFixture(
        new DialectStore(SharedServer.endpoint().url(), way),
        new RedisRawKeys(List.of(observer)),
        Optional.empty());
  }
}
