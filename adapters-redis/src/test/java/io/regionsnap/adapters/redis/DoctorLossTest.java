package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.CuttingProxy;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor leaves behind if answers are lost, servers hang, or it is interrupted. */
class DoctorLossTest extends Examination {
  @Test
  void serverDown_fails() {
    RedisServer server = server();
    server.kill();
    assertThat(diagnose(server.url().toString(), Small.options(CommitMode.AUTO)))
        .isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    assertThatIs(Verdict.FAIL, "reach", "");
  }

  @Test
  @Timeout(60)
  void serverThatHangs_failsWithinTheTimeLimits() throws Exception {
    RedisServer server = server();
    Duration second = Duration.ofSeconds(1);
    RedisOptions options = Small.options(CommitMode.AUTO).withTimeouts(second, second);
    try (CuttingProxy proxy = CuttingProxy.to(server.port())) {
      String url = "redis://127.0.0.1:" + proxy.port();
      proxy.mute();
      assertThat(untouched(server, () -> diagnose(url, options)))
          .isEqualTo(new Diagnosis.Unfit(1, 0, 1));

      proxy.heal();
      listener = check -> {
        if (check.name().equals("clock")) {
          proxy.mute();
        }
      };
      try (RedisStore store = RedisStore.open(url, options)) {
        diagnose(store);
      }
      assertThatIs(Verdict.FAIL, "script-transaction", "no answer");
      assertThat(check("cleanup").verdict()).isEqualTo(Verdict.WARN);
      assertThat(checks)
          .extracting(Check::name)
          .doesNotContain("version", "multi-exec-transaction");
    }
    assertExpireSoon(server);
  }

  /** Whatever is still there besides the data is named by the report, and expires in minutes. */
  private void assertExpireSoon(RedisServer server) {
    try (RespClient client = server.connect()) {
      Map<Key, ObservedKey> all = new RedisRawKeys(List.of(client)).readAll();
      long soon = System.currentTimeMillis() + Duration.ofMinutes(6).toMillis();
      String named = check("cleanup").seen().replaceFirst("\\*.*", "");
      all.forEach((key, held) -> {
        if (!held.expiresAtMillis().isEmpty()) {
          assertThat(key.name()).startsWith(named);
          assertThat(held.expiresAtMillis().getAsLong()).isLessThan(soon);
        }
      });
      assertThat(new TreeSet<>(all.keySet().stream()
              .map(Key::name)
              .filter(name -> !name.startsWith(named))
              .toList()))
          .containsExactly("snapshot:id:{mena}:a", "snapshot:index:{mena}");
    }
  }

  /** Cuts the answer to one commit, counted from the first, and lets the next one pass again. */
  private static final class Cutting implements TransactionalStore {
    private final RedisStore store;
    private final CuttingProxy proxy;
    private int left;

    Cutting(RedisStore store, CuttingProxy proxy, int commit) {
      this.store = store;
      this.proxy = proxy;
      this.left = commit;
    }

    @Override
    public List<CommitResult> commit(List<Transaction> transactions) {
      boolean cut = --left == 0;
      if (cut) {
        proxy.cutAfterAnswerBytes(1);
      }
      List<CommitResult> results = store.commit(transactions);
      if (cut) {
        assertThat(results).hasAtLeastOneElementOfType(CommitResult.InDoubt.class);
        proxy.heal();
      }
      return results;
    }

    @Override
    public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
      return store.read(queries);
    }

    @Override
    public ReadResult<ScanPage> scan(Scan scan) {
      return store.scan(scan);
    }

    @Override
    public void close() {}
  }

  /** The clock, the transaction, the guard, the kinds, the removal. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void answerLost_whicheverItIs_nothingIsLeftBehind(int commit) {
    RedisServer server = server();
    try (CuttingProxy proxy = CuttingProxy.to(server.port());
        RedisStore store = RedisStore.open(
            "redis://127.0.0.1:" + proxy.port(), Small.options(CommitMode.SCRIPT))) {
      // The script is known, so that each commit is one answer.
      diagnose(store);
      Diagnosis diagnosis = untouched(server, () -> diagnose(new Cutting(store, proxy, commit)));
      assertThat(diagnosis instanceof Diagnosis.Unfit).isEqualTo(commit > 1 && commit < 5);
    }
  }

  @Test
  void interrupted_nothingIsLeftBehind() {
    RedisServer server = server();
    for (String at : List.of("clock", "script-transaction", "commits", "scan", "cleanup")) {
      listener = check -> {
        if (check.name().equals(at)) {
          throw new IllegalStateException(at);
        }
      };
      untouched(server, () -> {
        assertThatThrownBy(() -> diagnose(server.url().toString(), Small.options(CommitMode.AUTO)))
            .hasMessage(at);
        return at;
      });
    }
  }
}
