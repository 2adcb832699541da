package io.regionsnap.app;

import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.rest.RestOptions;
import io.regionsnap.testkit.rest.RestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command doctor, on every kind of store. */
class DoctorCommandTest {
  @TempDir
  Path home = Path.of("replaced");

  private TestCli cli() {
    return new TestCli(home).at(Instant.now());
  }

  private TestCli.Result run(String store, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "doctor";
    arguments[1] = "--store";
    arguments[2] = store;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return cli().run(arguments);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> found = Files.walk(home)) {
      return found.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  @Test
  void memory_hasOneWarning_andExitsWithZero() {
    TestCli.Result result = run("memory:");
    assertThat(result.exitCode()).isZero();
    assertThat(result.lines())
        .contains("pass  reach: the store answers", "pass  cleanup: nothing is left behind")
        .contains("warn  durability: nothing is kept: the end of the process is the end of all")
        .contains("        use a file or a server for what is to be kept");
    assertThat(result.err()).endsWith("\n12 checks: 1 warning, nothing fails\n");
  }

  @Test
  void json_isOneCheckOnEachLine() {
    TestCli.Result result = run("memory:", "--json");
    assertThat(result.exitCode()).isZero();
    assertThat(result.lines())
        .hasSize(12)
        .allMatch(
            line -> line.matches(
                "\\{\"check\":\"[a-z-]+\",\"verdict\":\"(pass|warn|fail)\",\"seen\":\".+\",\"advice\":\".*\"}"))
        .contains("{\"check\":\"reach\",\"verdict\":\"pass\",\"seen\":\"the store answers\","
            + "\"advice\":\"\"}");
  }

  @Test
  void file_isNotMade_andOneThatExistsKeepsWhatItHas() throws IOException {
    Path file = home.resolve("deep/store.mv");
    TestCli.Result missing = run("file:" + file);
    assertThat(missing.exitCode()).as(missing.out()).isZero();
    assertThat(missing.err()).contains("nothing stored yet; tried on a file beside it");
    assertThat(files()).isEmpty();

    String mena = snapshot("mena", "a", 0);
    TestCli now = new TestCli(home);
    assertThat(now.reading(mena).run("--store", "file:" + file, "persist").exitCode())
        .isZero();
    TestCli.Result existing = now.run("doctor", "--store", "file:" + file);
    assertThat(existing.exitCode()).as(existing.out()).isZero();
    assertThat(existing.out())
        .contains(
            "pass  file-format: format 1", "pass  file-lock: ", "disk-space: ", "durability: ");
    assertThat(now.run("audit", "--store", "file:" + file).exitCode()).isZero();
    assertThat(now.run("latest", "mena", "--store", "file:" + file).out()).isEqualTo(mena);
    assertThat(files()).containsExactly(file.toString());
  }

  @Test
  void fileInUse_failsAsALine() {
    Path file = home.resolve("store.mv");
    try (EmbeddedStore busy =
        EmbeddedStore.open(file, EmbeddedStore.Options.readWrite(), () -> TestCli.NOW)) {
      TestCli.Result result = run("file:" + file, "--lock-timeout", "0", "--json");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.lines())
          .singleElement()
          .asString()
          .startsWith("{\"check\":\"file-lock\",\"verdict\":\"fail\",");
      assertThat(result.err()).endsWith("1 check: 1 failure, 0 warnings\n");
      assertThat(busy).isNotNull();
    }
  }

  @Test
  void redis_isLeftAsItWas_andExitsWithOneIfSomethingFails() {
    try (RedisServer server = RedisServer.start();
        RespClient client = server.connect()) {
      RedisRawKeys raw = new RedisRawKeys(List.of(client));
      client.call("SET", "snapshot:id:{mena}:a", "body");
      var before = raw.readAll();
      for (String layout : List.of("tagged", "worldmonitor")) {
        TestCli.Result result =
            run(server.url().toString(), "mena", "--layout", layout, "--durable-replicas", "1");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out())
            .contains(
                "warn  replicas: ", "warn  durable-replicas: 1 are to confirm", "pass  clock: ");
        assertThat(result.err()).contains("nothing fails");
      }
      client.call("CONFIG", "SET", "maxmemory", "500mb");
      client.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
      TestCli.Result evicting = run(server.url().toString());
      assertThat(evicting.exitCode()).isEqualTo(1);
      assertThat(evicting.out())
          .contains(
              "fail  eviction: maxmemory-policy is allkeys-lru\n        set maxmemory-policy");
      assertThat(raw.readAll()).isEqualTo(before);
    }
  }

  @Test
  void redisThatRefuses_keepsTheSecret() {
    try (RedisServer server = RedisServer.start("--requirepass", "hunter2")) {
      String url = "redis://:hunter3@127.0.0.1:" + server.port();
      TestCli.Result result = run(url, "--verbose");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out()).startsWith("fail  reach: WRONGPASS");
      assertThat(result.out() + result.err()).doesNotContain("hunter");
    }
  }

  @Test
  void upstash_isJudged_andKeepsTheSecret() {
    try (RedisServer redis = RedisServer.start();
        RespClient client = redis.connect();
        RestServer server = RestServer.start(redis.url(), RestOptions.UPSTASH.withoutScripts())) {
      TestCli upstash = cli().with("UPSTASH_REDIS_REST_URL", server.url().toString());
      TestCli.Result result = upstash
          .with("UPSTASH_REDIS_REST_TOKEN", server.token())
          .run("doctor", "--store", "upstash:");
      assertThat(result.exitCode()).as(result.out()).isZero();
      assertThat(result.out())
          .contains("warn  script-transaction: refused: NOPERM", "warn  commits: ", "request-size")
          .doesNotContain(server.token());
      TestCli.Result readOnly = upstash
          .with("UPSTASH_REDIS_REST_TOKEN", server.readOnlyToken())
          .run("doctor", "--store", "upstash:");
      assertThat(readOnly.exitCode()).isEqualTo(1);
      assertThat(readOnly.out())
          .contains("fail  commits: nothing can be persisted")
          .doesNotContain(server.readOnlyToken());
      assertThat(client.text("DBSIZE")).isEqualTo("0");
    }
  }

  /** As Ctrl-C does it, when the first line is out. */
  @Test
  void interrupted_endsWith130_andLeavesNothing() {
    try (RedisServer server = RedisServer.start();
        RespClient client = server.connect()) {
      TestCli cli = cli();
      ByteArrayOutputStream out = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
          super.write(bytes, from, length);
          if (toString(StandardCharsets.UTF_8).contains("transaction")) {
            cli.interruption().request();
          }
        }
      };
      TestCli.Result result = cli.runTo(out, "doctor", "--store", server.url().toString());
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("transaction")
          .doesNotContain("cleanup");
      assertThat(client.text("DBSIZE")).isEqualTo("0");
    }
  }

  @Test
  void controlCharacters_doNotReachTheTerminal() {
    TestCli.Result result = run("file:" + home.resolve("a\u001b[31mb"));
    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.out()).contains("a?[31mb").doesNotContain("\u001b");
  }

  @Test
  void regionThatIsNone_isMisuse() {
    assertThat(run("memory:", "No Region").exitCode()).isEqualTo(2);
    assertThat(run("memory:", "mena", "europe").exitCode()).isEqualTo(2);
    assertThat(run("memory:", "mena").exitCode()).isZero();
  }
}
