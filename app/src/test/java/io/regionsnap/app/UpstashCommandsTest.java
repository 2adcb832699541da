package io.regionsnap.app;

import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.rest.OfficialClient;
import io.regionsnap.testkit.rest.RestOptions;
import io.regionsnap.testkit.rest.RestServer;
import io.regionsnap.testkit.rest.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line on a REST server in front of a real Redis. */
@SuppressWarnings("NullAway.Init")
class UpstashCommandsTest {
  private static RedisEndpoint redis;
  private static RespClient observer;

  @TempDir
  Path home;

  private RestServer server;

  @BeforeAll
  static void startRedis() {
    redis = RedisEndpoint.open();
    observer = redis.connect();
  }

  @AfterAll
  static void stopRedis() {
    observer.close();
    redis.close();
  }

  @BeforeEach
  void startServer() {
    observer.call("FLUSHALL");
    server = RestServer.start(redis.url());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private void restart(RestOptions options) {
    server.close();
    server = RestServer.start(redis.url(), options);
  }

  /** Dated by the server's clock, which is the real one. */
  private static String now(String document) {
    return document.replaceFirst(
        "\"generated_at\":\\d+", "\"generated_at\":" + Instant.now().toEpochMilli());
  }

  private TestCli cli(String input) {
    return new TestCli(home)
        .at(Instant.now())
        .reading(input)
        .with("UPSTASH_REDIS_REST_URL", server.url().toString())
        .with("UPSTASH_REDIS_REST_TOKEN", server.token());
  }

  private TestCli.Result run(String input, String... arguments) {
    return cli(input).with("REGIONSNAP_STORE", "upstash:").run(arguments);
  }

  private String persisted() {
    String mena = now(snapshot("mena", "a", 0));
    assertThat(run(mena, "persist").exitCode()).isZero();
    return mena;
  }

  @ParameterizedTest
  @CsvSource({
    "tagged, script",
    "tagged, multi-exec",
    "worldmonitor, script",
    "worldmonitor, multi-exec",
    "worldmonitor, auto"
  })
  void persisted_isReadByteForByte(String layout, String mode) {
    String[] global = {"--layout", layout, "--commit", mode};
    String mena = now(snapshot("mena", "a", 0));
    String europe = now(snapshot("europe", "b", 0));

    TestCli.Result persisted = run(mena + "\n" + europe + "\n", with(global, "persist", "-"));
    assertThat(persisted.exitCode()).as(persisted.err()).isZero();
    assertThat(persisted.lines()).hasSize(2).allMatch(line -> line.startsWith("persisted"));
    assertThat(persisted.err()).contains("store: http://127.0.0.1").doesNotContain("warning");

    assertThat(run("", with(global, "latest", "mena")).out()).isEqualTo(mena);
    assertThat(run("", with(global, "get", "europe", "b")).out()).isEqualTo(europe);
    assertThat(run("", with(global, "regions")).lines()).containsExactly("europe", "mena");
    assertThat(run("", with(global, "history", "mena")).lines()).hasSize(1);
    assertThat(run("", with(global, "at", "mena", "2999-01-01T00:00:00Z")).out())
        .isEqualTo(mena);
    assertThat(run(mena, with(global, "persist")).lines())
        .singleElement()
        .asString()
        .startsWith("already persisted");
  }

  private static String[] with(String[] global, String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + global.length);
    System.arraycopy(global, 0, all, command.length, global.length);
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "tagged, script",
    "tagged, multi-exec",
    "worldmonitor, script",
    "worldmonitor, multi-exec"
  })
  void officialClient_readsWhatWasPersisted_andWritesWhatIsRead(String layout, String mode)
      throws IOException {
    OfficialClient client = OfficialClient.find();
    assumeTrue(
        client.isExpected(),
        "SKIPPED: the official client is not installed; npm ci in testkit/src/test/node does it");
    String[] global = {"--layout", layout, "--commit", mode};
    String ours = now(snapshot("mena", "ours", 0)).replace("}}", "},\"text\":\"Türkiye, مصر 🌍\"}");
    assertThat(run(ours, with(global, "persist")).lines())
        .singleElement()
        .asString()
        .startsWith("persisted");
    assertThat(client.run(server, "snapshots.mjs", "latest", "mena", layout)).isEqualTo(ours);

    String theirs = now(snapshot("mena", "theirs", 0));
    Path file = Files.writeString(home.resolve("theirs.json"), theirs);
    client.run(server, "snapshots.mjs", "write-old-way", file.toString(), layout);
    assertThat(run("", with(global, "latest", "mena")).out()).isEqualTo(theirs);
    assertThat(run("", with(global, "history", "mena")).lines()).hasSize(2);
  }

  /** Present readers of the live system find what they look for, as it is named there. */
  @ParameterizedTest
  @ValueSource(strings = {"script", "multi-exec"})
  void worldmonitor_keysAndValues_areThoseOfTheLiveSystem(String mode) {
    String mena = now(snapshot("mena", "a", 0));
    String moment = mena.replaceFirst("(?s).*\"generated_at\":(\\d+).*", "$1");
    observer.call("SET", "intelligence:snapshot:v1:mena:live", "provisional", "EX", 600);
    observer.call("ZADD", "intelligence:snapshot-index:v1:mena", 1, "ancient");
    String[] global = {"--layout", "worldmonitor", "--commit", mode};
    assertThat(run(mena, with(global, "persist")).exitCode()).isZero();

    assertThat(observer.text("GET", "intelligence:snapshot:v1:mena:latest")).isEqualTo("a");
    assertThat(observer.text("GET", "intelligence:snapshot-by-id:v1:a")).isEqualTo(mena);
    assertThat(observer.text("GET", "intelligence:snapshot:v1:mena:" + moment)).isEqualTo(mena);
    assertThat(observer.list("ZRANGE", "intelligence:snapshot-index:v1:mena", 0, -1, "WITHSCORES"))
        .extracting(part -> new String((byte[]) part, StandardCharsets.UTF_8))
        .containsExactly("a", moment);
    assertThat(observer.call("EXISTS", "intelligence:snapshot:v1:mena:live")).isEqualTo(0L);
  }

  @ParameterizedTest
  @CsvSource({"script, 1", "multi-exec, 2"})
  void eightRegions_areOneRequestByScriptAndElseTwo_andLittleMoreThanTheirBytes(
      String mode, int requests) {
    String[] global = {"--commit", mode};
    String documents = cli("").run("sample", "--seed", "7", "--size", "9000").out();
    assertThat(documents.lines()).hasSize(8);
    server.faults().latency(Duration.ofMillis(100));
    Traffic before = server.traffic();
    TestCli.Result persisted = run(documents, with(global, "persist", "-"));
    assertThat(persisted.exitCode()).as(persisted.err()).isZero();
    Traffic sent = server.traffic().since(before);
    assertThat(sent.requests()).isEqualTo(requests);
    int json = documents.getBytes(StandardCharsets.UTF_8).length - 8;
    assertThat((double) sent.requestBytes() / json)
        .as("bytes sent for each of JSON")
        .isLessThan(mode.equals("script") ? 1.3 : 1.6);

    before = server.traffic();
    TestCli.Result latest = run(
        "",
        with(
            global,
            "latest",
            "mena",
            "europe",
            "east-asia",
            "south-asia",
            "latam",
            "sub-saharan-africa",
            "north-america",
            "global"));
    assertThat(latest.exitCode()).as(latest.err()).isZero();
    assertThat(latest.lines())
        .containsExactlyInAnyOrderElementsOf(documents.lines().toList());
    assertThat(server.traffic().since(before).requests()).isEqualTo(requests);
  }

  @Test
  void batchAboveTheLimit_goesInSeveralRequests() {
    String documents = cli("").run("sample", "--seed", "7").out();
    Traffic before = server.traffic();
    TestCli.Result persisted = run(documents, "persist", "-", "--max-request-bytes", "50000");
    assertThat(persisted.exitCode()).as(persisted.err()).isZero();
    assertThat(persisted.lines()).hasSize(8).allMatch(line -> line.startsWith("persisted"));
    assertThat(server.traffic().since(before).requests()).isBetween(2L, 8L);
  }

  @Test
  void documentAboveTheLimit_isRefusedAndSaysWhy() {
    TestCli.Result result =
        run(now(snapshot("mena", "a", 0)), "persist", "--max-request-bytes", "500");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out() + result.err()).contains("its limit is 500 bytes");
  }

  @Test
  void serverWithoutScripts_isToldOnceAndPersistsAllTheSame() {
    restart(RestOptions.UPSTASH.withoutScripts());
    TestCli.Result result = run(now(snapshot("mena", "a", 0)), "persist");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .containsOnlyOnce("warning: the server refuses scripts (NOPERM")
        .contains("only as long as nobody else writes between");
    assertThat(run("", "latest", "mena").err()).doesNotContain("warning");
  }

  /** Those that UpstashStore names. */
  @Test
  void multiExec_takesNoOtherCommandsThanDocumented() {
    restart(RestOptions.UPSTASH.allowing(
        "TIME",
        "GET",
        "STRLEN",
        "TYPE",
        "ZREVRANGE",
        "ZSCORE",
        "ZRANGEBYSCORE",
        "SET",
        "COPY",
        "DEL",
        "RENAME",
        "RENAMENX",
        "PEXPIRE",
        "PEXPIREAT",
        "ZADD",
        "ZREM",
        "ZREMRANGEBYSCORE",
        "SUNIONSTORE"));
    observer.call("SET", "snapshot:live:{mena}", "provisional", "EX", 600);
    for (String id : List.of("a", "b")) {
      TestCli.Result result =
          run(now(snapshot("mena", id, 0)), "persist", "--commit", "multi-exec");
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
    assertThat(observer.text("ZCARD", "snapshot:index:{mena}")).isEqualTo("2");
    assertThat(observer.call("EXISTS", "snapshot:live:{mena}")).isEqualTo(0L);
  }

  @Test
  void serverWithoutTransactions_isRefused() {
    restart(RestOptions.UPSTASH.multiExec(RestOptions.MultiExec.ABSENT));
    TestCli.Result result = run(now(snapshot("mena", "a", 0)), "persist");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out() + result.err()).contains("there is no /multi-exec");
  }

  @Test
  void wrongToken_isAFailureThatKeepsTheSecret() {
    for (String command : List.of("persist", "latest")) {
      TestCli cli = cli(now(snapshot("mena", "a", 0)))
          .with("UPSTASH_REDIS_REST_TOKEN", "hunter2")
          .with("REGIONSNAP_STORE", "upstash:");
      TestCli.Result result =
          command.equals("persist") ? cli.run("-v", "persist") : cli.run("-v", "latest", "mena");
      assertThat(result.exitCode()).isNotZero();
      assertThat(result.out() + result.err())
          .contains("WRONGPASS", "the token is not accepted")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void readOnlyToken_readsAndDoesNotWrite() throws IOException {
    String mena = persisted();
    Path file = Files.writeString(home.resolve("token"), server.readOnlyToken() + "\n");
    assertThat(run("", "latest", "mena", "--token-file", file.toString()).out()).isEqualTo(mena);
    TestCli.Result regions = run("", "regions", "--token-file", file.toString());
    assertThat(regions.exitCode()).isEqualTo(1);
    assertThat(regions.err()).contains("a read-only token names no keys");
    TestCli.Result result =
        run(now(snapshot("europe", "b", 0)), "persist", "--token-file", file.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out() + result.err()).contains("is this the read-only token?");
  }

  @Test
  void tokenFile_goesBeforeTheVariable() throws IOException {
    Path file = Files.writeString(home.resolve("token"), server.token() + "\r\n");
    TestCli.Result result = cli(now(snapshot("mena", "a", 0)))
        .with("UPSTASH_REDIS_REST_TOKEN", "hunter2")
        .run("persist", "--store", server.url().toString(), "--token-file", file.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void serverThatIsNotThere_isAFailureToRead_notAnEmptyStore() {
    server.refuseConnections();
    TestCli.Result result = run("", "latest", "mena");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("cannot reach 127.0.0.1");
  }

  @Test
  void whatCannotBeUsed_isMisuse() throws IOException {
    String empty = Files.writeString(home.resolve("empty"), "\n").toString();
    String url = server.url().toString();
    assertMisuse("is empty", "--store", url, "--token-file", empty);
    assertMisuse("cannot read", "--store", url, "--token-file", home + "/none");
    assertMisuse("is for Redis servers", "--store", url, "--durable-replicas", "1");
    assertMisuse("is for Upstash servers", "--store", "memory:", "--allow-plain-http");
    assertMisuse("is for Upstash servers", "--store", "memory:", "--max-request-bytes", "1");
    assertMisuse("at least 1 is needed", "--store", url, "--max-request-bytes", "0");
    assertMisuse("--allow-plain-http", "--store", "http://db.example.com");
    assertMisuse("no user or password", "--store", "https://x:hunter2@db.example.com");
    assertMisuse("no parameters", "--store", "upstash:https://db.example.com?_token=hunter2");
    assertMisuse("malformed", "--store", "https://hunter2 db");
    TestCli.Result noToken = new TestCli(home).run("regions", "--store", "https://db.example.com");
    assertThat(noToken.exitCode()).isEqualTo(2);
    assertThat(noToken.err()).contains("set UPSTASH_REDIS_REST_TOKEN, or give --token-file FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"hunter2\"", "hunter2 x"})
  void tokenThatIsNone_isMisuseAndKeepsTheSecret(String token) {
    TestCli.Result result =
        cli("").with("UPSTASH_REDIS_REST_TOKEN", token).run("regions", "--store", "upstash:", "-v");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("the token is empty, in quotes").doesNotContain("hunter2");
  }

  private void assertMisuse(String problem, String... global) {
    TestCli.Result result = cli("").run(with(global, "latest", "mena"));
    assertThat(result.exitCode()).as(problem).isEqualTo(2);
    assertThat(result.err()).contains(problem).doesNotContain("hunter2");
  }
}
