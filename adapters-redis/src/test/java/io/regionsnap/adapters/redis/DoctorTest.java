package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.doctor.DiagnoseStore;
import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.CuttingProxy;
import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisCluster;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor on real servers: what it sees, and that it leaves them as they were. */
class DoctorTest {
  private static final Region MENA = new Region("mena");
  private static final AtomicLong SEEDS = new AtomicLong();

  private final List<Check> checks = new ArrayList<>();
  private InstantSource clock = Clock.systemUTC();
  private KeyLayout layout = KeyLayout.TAGGED;
  private Consumer<Check> listener = check -> {};
  private RedisBinary binary = RedisBinary.USUAL;
  private @Nullable RedisServer started;

  @AfterEach
  void stop() {
    if (started != null) {
      started.close();
    }
  }

  private RedisServer server(String... options) {
    RedisServer server = RedisServer.start(binary, options);
    started = server;
    try (RespClient client = server.connect()) {
      client.call("SET", "snapshot:id:{mena}:a", "body");
      client.call("ZADD", "snapshot:index:{mena}", 1, "a");
    }
    return server;
  }

  private Diagnosis diagnose(TransactionalStore store) {
    checks.clear();
    return new DiagnoseStore(
            store, layout, Policy.DEFAULT, clock, System::nanoTime, SEEDS::incrementAndGet)
        .diagnose(MENA, check -> {
          checks.add(check);
          listener.accept(check);
        });
  }

  private Diagnosis diagnose(String url, RedisOptions options) {
    try (RedisStore store = RedisStore.open(url, options)) {
      return diagnose(store);
    }
  }

  private Diagnosis diagnose(RedisServer server, CommitMode mode) {
    return untouched(server, () -> diagnose(server.url().toString(), Small.options(mode)));
  }

  /** Runs it, and sees that every raw key of the server is as it was before. */
  private static <T> T untouched(RedisServer server, Supplier<T> run) {
    try (RespClient client = server.connect()) {
      RedisRawKeys raw = new RedisRawKeys(List.of(client));
      Map<Key, ObservedKey> before = raw.readAll();
      T result = run.get();
      assertThat(raw.readAll()).isEqualTo(before);
      return result;
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

  private List<String> not(Verdict verdict) {
    return checks.stream()
        .filter(check -> check.verdict() != verdict)
        .map(Check::name)
        .toList();
  }

  private static void set(RedisServer server, String setting, String value) {
    try (RespClient client = server.connect()) {
      client.call("CONFIG", "SET", setting, value);
    }
  }

  private static String user(RedisServer server, String... rules) {
    List<Object> command =
        new ArrayList<>(List.of("ACL", "SETUSER", "limited", "reset", "on", ">hunter2", "~*"));
    command.addAll(List.of(rules));
    try (RespClient client = server.connect()) {
      client.call(command.toArray());
    }
    return "redis://limited:hunter2@127.0.0.1:" + server.port();
  }

  @ParameterizedTest
  @EnumSource
  void durableServerWithReplica_passesAll(RedisBinary each) {
    binary = each;
    RedisServer server = server("--appendonly", "yes", "--appendfsync", "always");
    try (RedisServer replica = server.startReplica()) {
      set(server, "min-replicas-to-write", "1");
      Diagnosis diagnosis = untouched(
          server,
          () -> diagnose(
              server.url().toString(), Small.options(CommitMode.AUTO).withDurableReplicas(1)));
      assertThat(diagnosis).as(checks.toString()).isInstanceOf(Diagnosis.Sound.class);
      assertThat(checks)
          .extracting(Check::name)
          .contains(
              "script-transaction",
              "script-failed-guard",
              "script-wrong-kind",
              "multi-exec-transaction",
              "multi-exec-failed-guard",
              "multi-exec-wrong-kind",
              "slots-tagged",
              "slots-worldmonitor");
      assertThatIs(Verdict.PASS, "replicas", "127.0.0.1:" + replica.port());
      assertThatIs(Verdict.PASS, "version", each == RedisBinary.OLDEST ? "Redis 6.2" : "Redis ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void bareServer_isWarnedOf_inEachModeAndLayout(CommitMode mode) {
    RedisServer server = server();
    for (KeyLayout each : KeyLayout.values()) {
      layout = each;
      assertThat(diagnose(server, mode)).isInstanceOf(Diagnosis.AtRisk.class);
      List<String> warned = new ArrayList<>(List.of("persistence", "replicas"));
      if (each == KeyLayout.WORLDMONITOR) {
        warned.add("slots-worldmonitor");
      }
      assertThat(not(Verdict.PASS)).containsExactlyElementsOf(warned);
      assertThatIs(Verdict.WARN, "persistence", "nothing is kept on disk");
      assertThat(checks.stream()
              .filter(check -> check.name().endsWith("-transaction"))
              .count())
          .isEqualTo(mode == CommitMode.AUTO ? 2 : 1);
    }
    assertThatIs(Verdict.WARN, "slots-worldmonitor", "in 6 slots");
    assertThatIs(Verdict.PASS, "slots-tagged", "share a slot");
  }

  @Test
  void evictingServer_fails() {
    RedisServer server = server();
    set(server, "maxmemory-policy", "allkeys-lru");
    diagnose(server, CommitMode.AUTO);
    assertThatIs(Verdict.WARN, "eviction", "allkeys-lru");
    set(server, "maxmemory", "500mb");
    assertThat(diagnose(server, CommitMode.AUTO)).isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "eviction", "allkeys-lru");
  }

  @Test
  void fullServer_fails() {
    RedisServer server = server();
    set(server, "maxmemory", "1");
    assertThat(diagnose(server, CommitMode.AUTO)).isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "memory", "of 1 bytes");
    assertThatIs(Verdict.FAIL, "commits", "refuses to be written");
    assertThat(check("script-transaction").seen()).contains("OOM");
  }

  @ParameterizedTest
  @CsvSource({"yes, no, WARN", "yes, everysec, PASS", "no, always, WARN"})
  void persistence_isThatOfTheServer(String log, String sync, Verdict verdict) {
    RedisServer server = server("--appendonly", log, "--appendfsync", sync, "--save", "3600 1");
    diagnose(server, CommitMode.SCRIPT);
    assertThatIs(verdict, "persistence", log.equals("yes") ? "appendfsync " + sync : "save 3600 1");
  }

  @Test
  void saveThatFails_fails() throws Exception {
    RedisServer server = server("--save", "3600 1000000");
    Files.createDirectory(server.folder().resolve("dump.rdb"));
    try (RespClient client = server.connect()) {
      client.call("BGSAVE");
      Await.until(
          "saving failed",
          () -> client.text("INFO", "persistence").contains("rdb_last_bgsave_status:err"));
    }
    assertThat(diagnose(server, CommitMode.AUTO)).isInstanceOf(Diagnosis.Unfit.class);
    // Such a server refuses even the greeting of a client.
    assertThatIs(Verdict.FAIL, "reach", "MISCONF");
  }

  @Test
  void replicaAttachedAndDetached_isSeen() {
    RedisServer server = server();
    RedisOptions two = Small.options(CommitMode.AUTO).withDurableReplicas(2);
    RedisServer replica = server.startReplica();
    try {
      untouched(server, () -> diagnose(server.url().toString(), two));
      assertThatIs(Verdict.PASS, "replicas", "127.0.0.1:" + replica.port());
      assertThatIs(Verdict.WARN, "min-replicas", "min-replicas-to-write is 0");
      assertThatIs(Verdict.WARN, "durable-replicas", "2 are to confirm each commit, and 1 can");

      assertThat(untouched(
              server, () -> diagnose(replica.url().toString(), Small.options(CommitMode.AUTO))))
          .isInstanceOf(Diagnosis.Unfit.class);
      assertThatIs(Verdict.FAIL, "script-transaction", "READONLY");
    } finally {
      replica.close();
    }
    try (RespClient client = server.connect()) {
      Await.until(
          "the replica is gone",
          () -> client.text("INFO", "replication").contains("connected_slaves:0"));
    }
    diagnose(server, CommitMode.AUTO);
    assertThatIs(Verdict.WARN, "replicas", "no replica");
    set(server, "min-replicas-to-write", "1");
    assertThat(diagnose(server, CommitMode.AUTO)).isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "script-transaction", "NOREPLICAS");
  }

  /** What the server shows is asked for, though it takes no commits. */
  @Test
  void replica_toldByItsRole() {
    RedisServer server = server();
    try (RedisServer replica = server.startReplica();
        RedisStore store =
            RedisStore.open(replica.url().toString(), Small.options(CommitMode.AUTO))) {
      assertThat(store.check(List.of()))
          .filteredOn(check -> check.name().equals("replicas"))
          .extracting(Check::verdict, Check::seen)
          .containsExactly(tuple(
              Verdict.FAIL,
              "this server is a replica of 127.0.0.1:%d, and its link is up"
                  .formatted(server.port())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void userWhoMayOnlyRead_fails_andNothingIsWritten(RedisBinary each) {
    binary = each;
    RedisServer server = server();
    String url = user(server, "+@read", "+@connection", "+info", "+config|get");
    assertThat(untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO))))
        .isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "commits", "the store is read, and refuses to be written");
    assertThatIs(Verdict.FAIL, "multi-exec-transaction", "NOPERM");
    assertThat(checks.toString()).doesNotContain("hunter2");
  }

  @Test
  void userWithoutScripts_isAWarning_orFailsWhereScriptsWereChosen() {
    RedisServer server = server();
    String url = user(server, "+@all", "-@scripting");
    untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO)));
    assertThatIs(Verdict.WARN, "script-transaction", "refused: NOPERM");
    assertThatIs(Verdict.PASS, "commits", "by multi-exec");
    untouched(server, () -> diagnose(url, Small.options(CommitMode.SCRIPT)));
    assertThatIs(Verdict.FAIL, "script-transaction", "refused: NOPERM");
    assertThatIs(Verdict.FAIL, "commits", "refuses to be written");
  }

  @Test
  void userWithoutMulti_isAWarningOfTheOtherWay() {
    RedisServer server = server();
    String url = user(server, "+@all", "-multi");
    untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO)));
    assertThatIs(Verdict.WARN, "multi-exec-transaction", "refused");
    assertThatIs(Verdict.PASS, "commits", "by script");
  }

  @Test
  void userWhoSeesLittle_isToldWhatIsNotVisible_andNothingFails() {
    RedisServer server = server();
    String url = user(server, "+@all", "-info", "-config", "-scan", "-pexpiretime", "-pttl");
    assertThat(untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO))))
        .isInstanceOf(Diagnosis.AtRisk.class);
    assertThat(not(Verdict.PASS))
        .containsExactly(
            "expiry",
            "scan",
            "version",
            "eviction",
            "memory",
            "persistence",
            "last-save",
            "replicas",
            "min-replicas",
            "durable-replicas");
    assertThatIs(Verdict.WARN, "eviction", "not visible to this user: NOPERM");
  }

  @Test
  void userWithoutConfig_isToldOfTheSettingAlone() {
    RedisServer server = server("--appendonly", "yes");
    String url = user(server, "+@all", "-config");
    untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO)));
    assertThat(not(Verdict.PASS)).containsExactly("persistence", "replicas");
    assertThatIs(Verdict.WARN, "persistence", "not visible to this user");
  }

  @Test
  void wrongPassword_fails_andKeepsTheSecret() {
    RedisServer server = server();
    String url = user(server, "+@all").replace("hunter2", "hunter3");
    assertThat(diagnose(url, Small.options(CommitMode.AUTO)))
        .isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    assertThatIs(Verdict.FAIL, "reach", "WRONGPASS");
    assertThat(checks.toString()).doesNotContain("hunter");
  }

  @Test
  void serverDown_fails() {
    RedisServer server = server();
    server.kill();
    assertThat(diagnose(server.url().toString(), Small.options(CommitMode.AUTO)))
        .isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    assertThatIs(Verdict.FAIL, "reach", "");
  }

  @ParameterizedTest
  @CsvSource({"-2, WARN, ahead", "2, WARN, behind", "-20, FAIL, ahead", "0, PASS, "})
  void clocksApart_areToldApart(long minutes, Verdict verdict, @Nullable String seen) {
    RedisServer server = server();
    clock = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(minutes));
    diagnose(server, CommitMode.AUTO);
    assertThatIs(verdict, "clock", seen == null ? "" : seen);
    assertThatIs(Verdict.PASS, "commits", "by script");
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

  @Test
  void cluster_isJudgedAsAWhole_andOneOfItsNodesIsNotEnough() {
    try (RedisCluster cluster = RedisCluster.start()) {
      List<RespClient> clients =
          cluster.primaries().stream().map(RedisServer::connect).toList();
      RedisRawKeys raw = new RedisRawKeys(clients);
      assertThat(diagnose(cluster.url(), Small.options(CommitMode.AUTO)))
          .isInstanceOf(Diagnosis.AtRisk.class);
      assertThat(not(Verdict.PASS)).containsExactly("persistence", "min-replicas");
      assertThatIs(Verdict.PASS, "cluster", "state ok, 16384 of 16384 slots assigned (3 nodes)");
      assertThatIs(Verdict.PASS, "slots-tagged", "share a slot");
      assertThatIs(Verdict.PASS, "slots-worldmonitor", "in 6 slots of a cluster; not in use");
      assertThat(raw.readAll()).isEmpty();

      set(cluster.primaries().get(1), "maxmemory-policy", "allkeys-lru");
      diagnose(cluster.url(), Small.options(CommitMode.AUTO));
      assertThatIs(
          Verdict.WARN,
          "eviction",
          "127.0.0.1:%d: ".formatted(cluster.primaries().get(1).port()));

      layout = KeyLayout.WORLDMONITOR;
      assertThat(diagnose(cluster.url(), Small.options(CommitMode.AUTO)))
          .isInstanceOf(Diagnosis.Unfit.class);
      assertThatIs(Verdict.FAIL, "slots-worldmonitor", "in 6 slots");
      assertThatIs(Verdict.FAIL, "script-transaction", "must share a slot");

      layout = KeyLayout.TAGGED;
      try (RedisStore single = RedisStore.open(
          cluster.nodes().get(0).url().toString(), Small.options(CommitMode.AUTO))) {
        assertThat(single.check(List.of()))
            .filteredOn(check -> check.name().equals("cluster"))
            .extracting(Check::verdict)
            .containsExactly(Verdict.FAIL);
      }
      assertThat(raw.readAll()).isEmpty();
      clients.forEach(RespClient::close);
    }
  }

  @Test
  void ways_areThoseThatWereChosen() {
    try (RedisStore store =
        RedisStore.open("redis://127.0.0.1:1", Small.options(CommitMode.MULTI_EXEC))) {
      assertThat(store.commitWays())
          .extracting(StoreDiagnostics.CommitWay::name)
          .containsExactly("multi-exec");
    }
  }
}
