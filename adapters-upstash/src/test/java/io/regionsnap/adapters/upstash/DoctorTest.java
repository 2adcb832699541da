package io.regionsnap.adapters.upstash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.doctor.DiagnoseStore;
import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.rest.Fault;
import io.regionsnap.testkit.rest.RestOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The doctor over REST: what it sees, and that it leaves the store as it was. */
class DoctorTest extends RestTest {
  private static final Region MENA = new Region("mena");

  private final List<Check> checks = new ArrayList<>();
  private Consumer<Check> listener = check -> {};
  private Map<Key, ObservedKey> before = Map.of();

  @BeforeEach
  void fill() {
    observer.call("SET", "snapshot:id:{mena}:a", "body");
    observer.call("ZADD", "snapshot:index:{mena}", 1, "a");
    before = raw.readAll();
  }

  @AfterEach
  void isAsItWas() {
    assertThat(raw.readAll()).isEqualTo(before);
  }

  private Diagnosis diagnose(UpstashOptions options) {
    return diagnose(server.token(), options);
  }

  private Diagnosis diagnose(String token, UpstashOptions options) {
    checks.clear();
    try (UpstashStore store = UpstashStore.open(server.url(), token, options)) {
      return new DiagnoseStore(
              store, KeyLayout.TAGGED, Policy.DEFAULT, Clock.systemUTC(), System::nanoTime, () -> 7)
          .diagnose(MENA, check -> {
            checks.add(check);
            listener.accept(check);
          });
    } finally {
      assertThat(checks.toString())
          .doesNotContain(token)
          .doesNotContain(server.token())
          .doesNotContain(server.readOnlyToken());
    }
  }

  private Check check(String name) {
    assertThat(checks).extracting(Check::name).contains(name);
    return checks.stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void assertThatIs(Verdict verdict, String name, String seen) {
    assertThat(check(name).verdict()).as(checks.toString()).isEqualTo(verdict);
    assertThat(check(name).seen()).contains(seen);
  }

  private List<String> failed() {
    return checks.stream()
        .filter(check -> check.verdict() == Verdict.FAIL)
        .map(Check::name)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void server_isJudgedInEachMode(CommitMode mode) {
    assertThat(diagnose(Small.options(mode))).isInstanceOf(Diagnosis.AtRisk.class);
    assertThat(failed()).isEmpty();
    if (mode == CommitMode.MULTI_EXEC) {
      assertThatIs(Verdict.WARN, "commits", "only as long as nobody else writes");
    } else {
      assertThatIs(Verdict.PASS, "commits", "by script");
    }
    assertThatIs(Verdict.PASS, "version", "Redis ");
    assertThatIs(Verdict.PASS, "request-size", "1200000 bytes is taken; up to 8000000");
    assertThatIs(Verdict.PASS, "cleanup", "nothing is left");
  }

  @Test
  void serverlessRedisHttp_passesByScript_andDoesNotSayWhyPlainCommandsFail() {
    restart(RestOptions.SERVERLESS_REDIS_HTTP);
    assertThat(diagnose(Small.options(CommitMode.AUTO))).isInstanceOf(Diagnosis.AtRisk.class);
    assertThatIs(Verdict.PASS, "script-wrong-kind", "changed nothing");
    assertThatIs(Verdict.WARN, "multi-exec-wrong-kind", "500");
    diagnose(Small.options(CommitMode.MULTI_EXEC));
    assertThatIs(Verdict.FAIL, "multi-exec-wrong-kind", "500");
  }

  @Test
  void worldmonitorProxy_fails_forItsTransactionsAndItsLimit() {
    restart(RestOptions.WORLDMONITOR_PROXY);
    assertThat(diagnose(Small.options(CommitMode.AUTO))).isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "commits", "refuses to be written");
    assertThatIs(Verdict.FAIL, "request-size", "a request of 1200000 bytes got: ");
    assertThatIs(Verdict.WARN, "version", "not visible to this user");
    assertThatIs(Verdict.WARN, "eviction", "not visible to this user");
    assertThatIs(Verdict.WARN, "scan", "");
  }

  @Test
  void noMultiExec_fails() {
    restart(RestOptions.UPSTASH.multiExec(RestOptions.MultiExec.ABSENT));
    assertThat(diagnose(Small.options(CommitMode.AUTO))).isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "script-transaction", "there is no /multi-exec");
  }

  @Test
  void noScripts_isAWarning_andSoIsWhatThatWeakens() {
    restart(RestOptions.UPSTASH.withoutScripts());
    assertThat(diagnose(Small.options(CommitMode.AUTO))).isInstanceOf(Diagnosis.AtRisk.class);
    assertThatIs(Verdict.WARN, "script-transaction", "refused: NOPERM");
    assertThatIs(Verdict.WARN, "commits", "by multi-exec: wholly or not at all only as long as");
    diagnose(Small.options(CommitMode.SCRIPT));
    assertThatIs(Verdict.FAIL, "script-transaction", "refused: NOPERM");
  }

  @Test
  void readOnlyToken_fails_andNothingIsWritten() {
    diagnose(server.readOnlyToken(), Small.options(CommitMode.AUTO));
    assertThatIs(Verdict.FAIL, "commits", "the store is read, and refuses to be written");
    assertThatIs(Verdict.FAIL, "multi-exec-transaction", "NOPERM");
    assertThatIs(Verdict.PASS, "request-size", "is taken");
  }

  @Test
  void wrongToken_fails_andKeepsTheSecret() {
    assertThat(diagnose("hunter2", Small.options(CommitMode.AUTO)))
        .isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    assertThatIs(Verdict.FAIL, "reach", "the token is not accepted");
  }

  @Test
  void serverDown_fails() {
    server.refuseConnections();
    assertThat(diagnose(Small.options(CommitMode.AUTO))).isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    assertThatIs(Verdict.FAIL, "reach", "cannot reach 127.0.0.1");
  }

  @Test
  void requestsAreTooLarge_fails_andOnesThatAreNotPass() {
    restart(RestOptions.UPSTASH.maxRequest(300_000, 413));
    diagnose(Small.options(CommitMode.SCRIPT));
    assertThatIs(Verdict.FAIL, "request-size", "max request size exceeded");
    diagnose(Small.options(CommitMode.SCRIPT).withMaxRequestBytes(300_000));
    assertThatIs(Verdict.PASS, "request-size", "requests of 300000 bytes, the most that is sent");
    diagnose(Small.options(CommitMode.SCRIPT).withMaxRequestBytes(500));
    assertThatIs(Verdict.FAIL, "request-size", "up to 500 bytes");
  }

  @Test
  void noExists_sizeIsNotTried() {
    restart(RestOptions.UPSTASH.allowing(
        "GET", "TIME", "EVAL", "ZREVRANGEBYSCORE", "ZREVRANGE", "INFO"));
    diagnose(Small.options(CommitMode.SCRIPT));
    assertThatIs(Verdict.WARN, "request-size", "not tried: Command not allowed");
  }

  @Test
  void evictingServer_fails() {
    String[] settings = {"maxmemory", "maxmemory-policy"};
    observer.call("CONFIG", "SET", settings[1], "allkeys-lru");
    observer.call("CONFIG", "SET", settings[0], "500mb");
    try {
      diagnose(Small.options(CommitMode.SCRIPT));
      assertThatIs(Verdict.FAIL, "eviction", "allkeys-lru");
    } finally {
      observer.call("CONFIG", "SET", settings[0], "0");
      observer.call("CONFIG", "SET", settings[1], "noeviction");
    }
  }

  @Test
  @Timeout(60)
  void serverThatHangs_failsWithinTheTimeLimits() {
    Duration second = Duration.ofSeconds(1);
    UpstashOptions options =
        UpstashOptions.defaults().withTimeouts(second, second, second.multipliedBy(3));
    server.faults().always(Fault.hangBeforeForwarding());
    assertThat(diagnose(options)).isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    server.faults().heal();
    listener = check -> {
      if (check.name().equals("clock")) {
        server.faults().always(Fault.hangBeforeForwarding());
      }
    };
    diagnose(options);
    assertThatIs(Verdict.FAIL, "script-transaction", "no whole answer");
    assertThatIs(Verdict.WARN, "cleanup", "could not be deleted");
    assertThat(checks).extracting(Check::name).doesNotContain("version", "multi-exec-transaction");
  }

  /** The transaction was applied and nobody was told: it is deleted all the same. */
  @Test
  void answerLost_nothingIsLeftBehind() {
    listener = check -> {
      if (check.name().equals("clock")) {
        server.faults().next(Fault.cutAfterForwarding());
      }
    };
    diagnose(Small.options(CommitMode.AUTO));
    assertThatIs(Verdict.FAIL, "script-transaction", "no whole answer");
    assertThatIs(Verdict.WARN, "cleanup", "may still be written");
  }

  @Test
  void errorInTheMiddle_nothingIsLeftBehind() {
    for (String at : List.of("script-transaction", "commits", "cleanup")) {
      listener = check -> {
        if (check.name().equals(at)) {
          throw new IllegalStateException(at);
        }
      };
      assertThatThrownBy(() -> diagnose(Small.options(CommitMode.AUTO))).hasMessage(at);
      assertThat(raw.readAll()).isEqualTo(before);
    }
  }
}
