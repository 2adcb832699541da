package io.regionsnap.proof.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.adapters.redis.RedisStore;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.redis.AtomicKeys;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.proof.redis.ServerFaults;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that asks for a password from one moment on, while writers write without one. */
class CredentialsTest {
  private static final int TIMES = 5;

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void passwordAskedForMeanwhile_nothingIsLostOrHalf(CommitMode mode) throws Exception {
    Tally tally = Ledger.of(RedisBench.name(mode));
    try (RedisServer server = RedisServer.start();
        RespClient client = server.connect();
        TransactionalStore store =
            RedisStore.open(server.url().toString(), RedisOptions.defaults().withMode(mode));
        Load load = new Load(store, Writer.PATIENTLY, tally)) {
      for (int time = 0; time < TIMES; time++) {
        load.awaitMore(10);
        long before = ServerFaults.errors(client, "NOAUTH");
        client.call("CONFIG", "SET", "requirepass", "secret");
        client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        Await.until(
            "somebody was refused", () -> ServerFaults.errors(client, "NOAUTH") > before + 10);
        client.call("CONFIG", "SET", "requirepass", "");
      }
      load.awaitMore(10);
      load.stop();
      tally.struck(Fault.NOT_AUTHENTICATED, ServerFaults.errors(client, "NOAUTH"));
      assertThat(load.judge(new AtomicKeys(client).readAll(), false)).isZero();
    }
  }
}
