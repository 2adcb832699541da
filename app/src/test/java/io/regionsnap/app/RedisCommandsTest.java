package io.regionsnap.app;

import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line on a real Redis server. */
class RedisCommandsTest {
  private static RedisServer server = RedisServer.start();

  @TempDir
  Path home = Path.of("replaced");

  @BeforeAll
  static void createUsers() {
    try (RespClient admin = server.connect()) {
      admin.call("ACL", "SETUSER", "app", "on", ">hunter2", "~*", "&*", "+@all");
      admin.call("ACL", "SETUSER", "plain", "on", ">hunter2", "~*", "&*", "+@all", "-@scripting");
    }
  }

  @BeforeEach
  void empty() {
    try (RespClient admin = server.connect()) {
      admin.call("FLUSHALL");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tagged", "worldmonitor"})
  void persisted_isReadByteForByte(String layout) {
    List<String> global = List.of("--store", url(""), "--layout", layout);
    String mena = now(snapshot("mena", "a", 0));
    String europe = now(snapshot("europe", "b", 0));

    TestCli.Result persisted = run(mena + "\n" + europe + "\n", global, "persist", "-");
    assertThat(persisted.exitCode()).as(persisted.err()).isZero();
    assertThat(persisted.lines()).hasSize(2).allMatch(line -> line.startsWith("persisted"));

    assertThat(run("", global, "latest", "mena").out()).isEqualTo(mena);
    assertThat(run("", global, "get", "europe", "b").out()).isEqualTo(europe);
    assertThat(run("", global, "regions").lines()).containsExactly("europe", "mena");
    assertThat(run("", global, "history", "mena").lines()).hasSize(1);
    assertThat(run("", global, "at", "mena", "2999-01-01T00:00:00Z").out()).isEqualTo(mena);
    assertThat(run(mena, global, "persist").lines())
        .singleElement()
        .asString()
        .startsWith("already persisted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "script", "multi-exec"})
  void commitModes_allPersist(String mode) {
    TestCli.Result result = run(
        now(snapshot("mena", "a", 0)), List.of("--store", url(""), "--commit", mode), "persist");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("warning");
  }

  @Test
  void userWithoutScripts_isToldOnceAndPersistsAllTheSame() {
    TestCli.Result result =
        run(now(snapshot("mena", "a", 0)), List.of("--store", url("plain:hunter2@")), "persist");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .containsOnlyOnce("warning: the server refuses scripts")
        .doesNotContain("hunter2");
  }

  @Test
  void fewerReplicasThanAskedFor_isAWarningNotAFailure() {
    TestCli.Result result = run(
        now(snapshot("mena", "a", 0)),
        List.of("--store", url(""), "--durable-replicas", "1", "--timeout", "1"),
        "persist");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("persisted");
    assertThat(result.err()).contains("confirmed by 0 of the 1 replicas asked for");
  }

  @Test
  void wrongPassword_isAFailureThatKeepsTheSecret() {
    List<String> global = List.of("--store", url("app:hunter3@"), "--verbose");
    for (TestCli.Result result : List.of(
        run(now(snapshot("mena", "a", 0)), global, "persist"), run("", global, "latest", "mena"))) {
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out() + result.err()).doesNotContain("hunter").contains("WRONGPASS");
    }
  }

  @Test
  void serverThatIsNotThere_isAFailureToRead_notAnEmptyStore() {
    RedisServer gone = RedisServer.start();
    String url = gone.url().toString();
    gone.close();

    TestCli.Result result = run("", List.of("--store", url), "latest", "mena");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void optionsThatDoNotFitTheStore_areMisuse() {
    assertMisuse(
        "does not work on a cluster", "--store", "redis-cluster://h", "--layout", "worldmonitor");
    assertMisuse("is for Redis and Upstash servers", "--store", "memory:", "--commit", "script");
    assertMisuse("is for Redis servers", "--durable-replicas", "1");
    assertMisuse("is for Upstash servers", "--store", "redis://h", "--token-file", "x");
    assertMisuse("no fewer than 0", "--store", "redis://h", "--durable-replicas", "-1");
    assertMisuse("at least 1 second", "--store", "redis://h", "--timeout", "0");
    assertMisuse("there are auto, script and multi-exec", "--commit", "pipeline");
    assertMisuse("not the URL of a Redis: redis://", "--store", "redis://user:hunter2@h/x");
  }

  private void assertMisuse(String problem, String... global) {
    TestCli.Result result = run("", List.of(global), "latest", "mena");
    assertThat(result.exitCode()).as(problem).isEqualTo(2);
    assertThat(result.err()).contains(problem).doesNotContain("hunter2");
  }

  private static String url(String credentials) {
    return "redis://" + credentials + "127.0.0.1:" + server.port();
  }

  /** Dated by the server's clock, which is the real one. */
  private static String now(String document) {
    return document.replaceFirst(
        "\"generated_at\":\\d+", "\"generated_at\":" + Instant.now().toEpochMilli());
  }

  private TestCli.Result run(String input, List<String> global, String... command) {
    String[] arguments = new String[global.size() + command.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i < command.length ? command[i] : global.get(i - command.length);
    }
    return new TestCli(home).at(Instant.now()).reading(input).run(arguments);
  }
}
