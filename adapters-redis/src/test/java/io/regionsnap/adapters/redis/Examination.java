package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.doctor.DiagnoseStore;
import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A server, and a doctor who examines it and leaves it as it was. */
abstract class Examination {
  private static final Region MENA = new Region("mena");
  private static final AtomicLong SEEDS = new AtomicLong();

  final List<Check> checks = new ArrayList<>();
  InstantSource clock = Clock.systemUTC();
  KeyLayout layout = KeyLayout.TAGGED;
  Consumer<Check> listener = check -> {};
  RedisBinary binary = RedisBinary.USUAL;
  private @Nullable RedisServer started;

  @AfterEach
  void stop() {
    if (started != null) {
      started.close();
    }
  }

  RedisServer server(String... options) {
    RedisServer server = RedisServer.start(binary, options);
    started = server;
    try (RespClient client = server.connect()) {
      client.call("SET", "snapshot:id:{mena}:a", "body");
      client.call("ZADD", "snapshot:index:{mena}", 1, "a");
    }
    return server;
  }

  Diagnosis diagnose(TransactionalStore store) {
    checks.clear();
    return new DiagnoseStore(
            store, layout, Policy.DEFAULT, clock, System::nanoTime, SEEDS::incrementAndGet)
        .diagnose(MENA, check -> {
          checks.add(check);
          listener.accept(check);
        });
  }

  Diagnosis diagnose(String url, RedisOptions options) {
    try (RedisStore store = RedisStore.open(url, options)) {
      return diagnose(store);
    }
  }

  Diagnosis diagnose(RedisServer server, CommitMode mode) {
    return untouched(server, () -> diagnose(server.url().toString(), Small.options(mode)));
  }

  /** Runs it, and sees that every raw key of the server is as it was before. */
  static <T> T untouched(RedisServer server, Supplier<T> run) {
    try (RespClient client = server.connect()) {
      RedisRawKeys raw = new RedisRawKeys(List.of(client));
      Map<Key, ObservedKey> before = raw.readAll();
      T result = run.get();
      assertThat(raw.readAll()).isEqualTo(before);
      return result;
    }
  }

  Check check(String name) {
    assertThat(checks).extracting(Check::name).contains(name);
    return checks.stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void assertThatIs(Verdict verdict, String name, String seen) {
    assertThat(check(name).verdict()).as(checks.toString()).isEqualTo(verdict);
    assertThat(check(name).seen()).contains(seen);
  }

  List<String> not(Verdict verdict) {
    return checks.stream()
        .filter(check -> check.verdict() != verdict)
        .map(Check::name)
        .toList();
  }

  static void set(RedisServer server, String setting, String value) {
    try (RespClient client = server.connect()) {
      client.call("CONFIG", "SET", setting, value);
    }
  }

  static String user(RedisServer server, String... rules) {
    List<Object> command =
        new ArrayList<>(List.of("ACL", "SETUSER", "limited", "reset", "on", ">hunter2", "~*"));
    command.addAll(List.of(rules));
    try (RespClient client = server.connect()) {
      client.call(command.toArray());
    }
    return "redis://limited:hunter2@127.0.0.1:" + server.port();
  }
}
