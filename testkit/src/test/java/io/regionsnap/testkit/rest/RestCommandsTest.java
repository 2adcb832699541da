package io.regionsnap.testkit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.testkit.redis.RedisServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands do and what they answer, alone, in a pipeline and in a transaction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestCommandsTest {
  private static final String WRONGTYPE =
      "{\"error\":\"WRONGTYPE Operation against a key holding the wrong kind of value\"}";

  /** What two keys hold that are counted up together, and what counting them up answers. */
  private static final String BOTH_EQUAL =
      "\\{\"result\":\\[(null|\"\\d+\"),\\1]}|\\[\\{\"result\":(\\d+)},\\{\"result\":\\2}]";

  private final RestFixture rest = new RestFixture();

  @AfterEach
  void reset() {
    rest.reset();
  }

  @AfterAll
  void close() {
    rest.close();
  }

  @Test
  void one_set_isOnTheRealRedis() {
    HttpResponse<String> reply =
        rest.serve(RestOptions.UPSTASH).post("/", "[\"SET\",\"foo\",\"bar\",\"EX\",100]");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"result\":\"OK\"}");
    assertThat(reply.headers().firstValue("content-type")).contains("application/json");
    assertThat(rest.behind().text("GET", "foo")).isEqualTo("bar");
    assertThat(rest.behind().call("TTL", "foo")).isEqualTo(100L);
  }

  @Test
  void one_error_is400() {
    rest.behind().call("SET", "text", "x");
    HttpResponse<String> reply =
        rest.serve(RestOptions.UPSTASH).post("/", "[\"ZADD\",\"text\",1,\"m\"]");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).isEqualTo(WRONGTYPE);
  }

  @Test
  void one_numbersAndBooleans_arriveAsTheyWereWritten() {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    client.post("/", "[\"RPUSH\",\"list\",1787184007093,1.50,1e3,true,\"\\u00e9\\n\"]");
    assertThat(client.post("/", "[\"LRANGE\",\"list\",0,-1]").body())
        .isEqualTo("{\"result\":[\"1787184007093\",\"1.50\",\"1e3\",\"true\",\"é\\n\"]}");
  }

  @Test
  void one_scripts_runOnTheRealRedis() {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    assertThat(client
            .post("/", "[\"EVAL\",\"return {1,{'x',false},redis.status_reply('OK')}\",0]")
            .body())
        .isEqualTo("{\"result\":[1,[\"x\",null],\"OK\"]}");
    assertThat(client.post("/", "[\"SCRIPT\",\"LOAD\",\"return 1\"]").body())
        .isEqualTo("{\"result\":\"e0e1f9fabfc9d4800c877a703b823ac0578ff8db\"}");
    assertThat(client
            .post("/", "[\"EVALSHA\",\"e0e1f9fabfc9d4800c877a703b823ac0578ff8db\",0]")
            .body())
        .isEqualTo("{\"result\":1}");
    assertThat(client
            .post("/", "[\"EVAL_RO\",\"return redis.call('GET','none')\",0]")
            .body())
        .isEqualTo("{\"result\":null}");
  }

  @Test
  void pipeline_errorInTheMiddle_isAnItemAndTheRestRuns() {
    rest.behind().call("SET", "text", "x");
    HttpResponse<String> reply = rest.serve(RestOptions.UPSTASH)
        .post(
            "/pipeline",
            "[[\"SET\",\"a\",1],[\"ZADD\",\"text\",1,\"m\"],[\"WATCH\",\"a\"],[\"INCR\",\"a\"]]");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo("[{\"result\":\"OK\"}," + WRONGTYPE
            + ",{\"error\":\"ERR Command is not available: 'WATCH'\"},{\"result\":2}]");
  }

  @Test
  void multiExec_errorAtRunTime_isAnItemAndItsNeighboursStay() {
    rest.behind().call("SET", "text", "x");
    HttpResponse<String> reply = rest.serve(RestOptions.UPSTASH)
        .post("/multi-exec", "[[\"SET\",\"a\",1],[\"ZADD\",\"text\",1,\"m\"],[\"INCR\",\"a\"]]");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("[{\"result\":\"OK\"}," + WRONGTYPE + ",{\"result\":2}]");
    assertThat(rest.behind().text("GET", "a")).isEqualTo("2");
  }

  @Test
  void multiExec_evalshaOfUnknownScript_isAnItemAndItsNeighboursStay() {
    HttpResponse<String> reply = rest.serve(RestOptions.UPSTASH)
        .post("/multi-exec", "[[\"SET\",\"a\",1],[\"EVALSHA\",\"" + "0".repeat(40) + "\",0]]");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).startsWith("[{\"result\":\"OK\"},{\"error\":\"NOSCRIPT ");
    assertThat(rest.behind().text("GET", "a")).isEqualTo("1");
  }

  @Test
  void multiExec_manyAtOnce_neverSeenHalf() throws Exception {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> work = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        work.add(() ->
            client.post("/multi-exec", "[[\"INCR\",\"a\"],[\"INCR\",\"b\"]]").body());
        work.add(() -> client.post("/", "[\"MGET\",\"a\",\"b\"]").body());
      }
      for (Future<String> reply : threads.invokeAll(work)) {
        assertThat(reply.get()).matches(BOTH_EQUAL);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(rest.behind().text("GET", "a")).isEqualTo("100");
    assertThat(rest.behind().text("GET", "b")).isEqualTo("100");
  }

  @ParameterizedTest
  @CsvSource({
    "/set/foo/bar?EX=100, bar, 100",
    "/set/foo/bar?NX, bar, -1",
    "/set/foo/a+b%20%2F%C3%A9, a+b /é, -1",
    "/SET/foo/bar/EX/100, bar, 100",
  })
  void pathStyle_get_isTheCommand(String target, String value, long expiry) {
    HttpResponse<String> reply = rest.serve(RestOptions.UPSTASH).get(target);
    assertThat(reply.body()).isEqualTo("{\"result\":\"OK\"}");
    assertThat(rest.behind().text("GET", "foo")).isEqualTo(value);
    assertThat(rest.behind().call("TTL", "foo")).isEqualTo(expiry);
  }

  @Test
  void pathStyle_body_comesAfterThePathAndBeforeTheQuery() {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    byte[] notText = {(byte) 0xff, 0, (byte) 0xc3};
    HttpResponse<String> reply = TestClient.send(
        client.request("/set/foo?EX=100").POST(BodyPublishers.ofByteArray(notText)));
    assertThat(reply.body()).isEqualTo("{\"result\":\"OK\"}");
    assertThat(rest.behind().call("GET", "foo")).isEqualTo(notText);
    assertThat(rest.behind().call("TTL", "foo")).isEqualTo(100L);
  }

  @Test
  void base64_askedFor_isEveryStringButOk() {
    rest.behind().call("SET", "ok", "OK");
    rest.behind().call("SET", "number", "7");
    HttpResponse<String> reply = rest.serve(RestOptions.UPSTASH)
        .post(
            "/pipeline",
            "[[\"SET\",\"a\",\"x\"],[\"GET\",\"a\"],[\"GET\",\"ok\"],[\"GET\",\"none\"],"
                + "[\"INCR\",\"number\"],[\"TYPE\",\"a\"],[\"MGET\",\"a\",\"none\"],[\"GET\"]]",
            "Upstash-Encoding",
            "base64");
    assertThat(reply.body())
        .isEqualTo("[{\"result\":\"OK\"},{\"result\":\"eA==\"},{\"result\":\"T0s=\"},"
            + "{\"result\":null},{\"result\":8},{\"result\":\"c3RyaW5n\"},"
            + "{\"result\":[\"eA==\",null]},"
            + "{\"error\":\"ERR wrong number of arguments for 'get' command\"}]");
  }

  @Test
  void base64_notAskedFor_manglesWhatIsNotUtf8() {
    rest.behind().call("SET", "a", new byte[] {'x', (byte) 0xff, 'y'});
    TestClient client = rest.serve(RestOptions.UPSTASH);
    assertThat(client.post("/", "[\"GET\",\"a\"]").body()).isEqualTo("{\"result\":\"x\ufffdy\"}");
    assertThat(client.post("/", "[\"GET\",\"a\"]", "Upstash-Encoding", "base64").body())
        .isEqualTo("{\"result\":\"eP95\"}");
  }

  @Test
  void redisRestarted_isServedAgain() {
    try (RedisServer redis = RedisServer.start();
        RestServer server = RestServer.start(redis.url())) {
      TestClient client = new TestClient(server);
      assertThat(client.reader().post("/", "[\"GET\",\"a\"]").statusCode()).isEqualTo(200);
      redis.kill();
      assertThat(client.post("/", "[\"SET\",\"a\",1]").statusCode()).isEqualTo(500);
      redis.restart();
      assertThat(client.post("/", "[\"SET\",\"a\",1]").statusCode()).isEqualTo(200);
      assertThat(client.reader().post("/", "[\"GET\",\"a\"]").body())
          .isEqualTo("{\"result\":\"1\"}");
    }
  }
}
