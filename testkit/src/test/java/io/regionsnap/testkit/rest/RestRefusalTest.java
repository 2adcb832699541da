package io.regionsnap.testkit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Upstash refuses, the server refuses, and nothing of it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestRefusalTest {
  private static final String UNAUTHORIZED =
      "{\"error\":\"WRONGPASS invalid or missing auth token\"}";
  private static final String SET = "[\"SET\",\"a\",1]";

  private final RestFixture rest = new RestFixture();

  @AfterEach
  void nothingRan() {
    Object ran = rest.behind().call("EXISTS", "a");
    rest.reset();
    assertThat(ran).isEqualTo(0L);
  }

  @AfterAll
  void close() {
    rest.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic TOKEN", "bearer TOKEN", "TOKEN"})
  void authorization_wrong_is401(String authorization) {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    HttpResponse<String> reply = TestClient.send(client
        .bare("/")
        .header("Content-Type", "application/json")
        .header("Authorization", authorization.replace("TOKEN", client.token()))
        .POST(BodyPublishers.ofString(SET)));
    assertThat(reply.statusCode()).isEqualTo(401);
    assertThat(reply.body()).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void authorization_missing_is401() {
    HttpResponse<String> reply = TestClient.send(rest.serve(RestOptions.UPSTASH).bare("/set/a/1"));
    assertThat(reply.statusCode()).isEqualTo(401);
    assertThat(reply.body()).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void authorization_inTheQuery_isAcceptedAndNoArgument() {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    HttpResponse<String> reply =
        TestClient.send(client.bare("/set/b/1?_token=" + client.token() + "&EX=100"));
    assertThat(reply.body()).isEqualTo("{\"result\":\"OK\"}");
    assertThat(rest.behind().call("TTL", "b")).isEqualTo(100L);
    assertThat(client.server().requests().get(0).toString()).doesNotContain(client.token());
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /",
    "PATCH, /",
    "OPTIONS, /set/a/1",
    "GET, /",
    "PUT, /",
    "GET, /pipeline",
    "GET, /multi-exec"
  })
  void method_other_is405(String method, String target) {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    HttpResponse<String> reply = TestClient.send(client
        .request(target)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(SET)));
    assertThat(reply.statusCode()).isEqualTo(405);
    assertThat(reply.body()).isEqualTo("{\"error\":\"ERR method not allowed: " + method + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json; charset=utf-8", "application/json;charset=UTF-8", "text/plain"})
  void contentType_notExactlyJson_is400(String contentType) {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    for (String target : List.of("/", "/pipeline", "/multi-exec")) {
      HttpResponse<String> reply = TestClient.send(client
          .request(target)
          .header("Content-Type", contentType)
          .POST(BodyPublishers.ofString(target.equals("/") ? SET : "[" + SET + "]")));
      assertThat(reply.statusCode()).isEqualTo(400);
      assertThat(reply.body()).contains("content type must be exactly application/json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SET a 1",
        "[\"SET\",\"a\",1",
        "[\"SET\",\"a\",1] trailing",
        "[\"SET\",\"a\",1][\"SET\",\"a\",1]",
        "{\"command\":\"SET\"}",
        "\"SET\"",
        "[\"SET\",\"a\",null]",
        "[\"SET\",\"a\",{\"x\":1}]",
        "[\"SET\",\"a\",[1]]",
        "[[\"SET\",\"a\",1]]",
        "['SET','a',1]",
      })
  void body_ofWrongShape_is400(String body) {
    HttpResponse<String> reply = rest.serve(RestOptions.UPSTASH).post("/", body);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).startsWith("{\"error\":\"ERR failed to parse the request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"SET\",\"a\",1]",
        "[[\"SET\",\"a\",1],null]",
        "[[\"SET\",\"a\",1],{}]",
        "[[\"SET\",\"a\",1],[\"SET\",\"b\",{}]]",
        "[[\"SET\",\"a\",1],[[\"SET\",\"b\",1]]]",
        "{}",
        "[[\"SET\",\"a\",1]"
      })
  void bodyOfMany_ofWrongShape_is400AndNothingRuns(String body) {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    for (String target : List.of("/pipeline", "/multi-exec")) {
      HttpResponse<String> reply = client.post(target, body);
      assertThat(reply.statusCode()).isEqualTo(400);
      assertThat(reply.body()).startsWith("{\"error\":\"ERR failed to parse the request");
    }
  }

  @Test
  void command_empty_is400() {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    assertThat(client.post("/", "[]").body()).isEqualTo("{\"error\":\"ERR empty command\"}");
    assertThat(client.post("/", "[\"\"]").body()).isEqualTo("{\"error\":\"ERR empty command\"}");
    assertThat(client.post("/multi-exec", "[" + SET + ",[]]").statusCode()).isEqualTo(400);
    HttpResponse<String> none = client.post("/pipeline", "[]");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.body()).isEqualTo("{\"error\":\"ERR empty pipeline request\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"WATCH\",\"a\"]",
        "[\"unwatch\"]",
        "[\"DISCARD\"]",
        "[\"MULTI\"]",
        "[\"EXEC\"]",
        "[\"BLPOP\",\"a\",1]",
        "[\"BZPOPMIN\",\"a\",1]",
        "[\"BLMOVE\",\"a\",\"b\",\"LEFT\",\"LEFT\",1]",
        "[\"XREAD\",\"BLOCK\",1,\"STREAMS\",\"s\",\"$\"]",
        "[\"WAIT\",1,1]",
        "[\"SUBSCRIBE\",\"c\"]",
        "[\"MONITOR\"]",
        "[\"SELECT\",1]",
        "[\"AUTH\",\"x\"]",
        "[\"CONFIG\",\"GET\",\"*\"]",
        "[\"CLIENT\",\"PAUSE\",1]",
        "[\"SHUTDOWN\"]",
        "[\"NOSUCH\",\"a\"]",
      })
  void command_notOffered_isRefusedEverywhere(String command) {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    String name = command.split("\"", -1)[1].toUpperCase(Locale.ROOT);
    String error = "{\"error\":\"ERR Command is not available: '" + name + "'\"}";
    HttpResponse<String> alone = client.post("/", command);
    assertThat(alone.statusCode()).isEqualTo(400);
    assertThat(alone.body()).isEqualTo(error);
    HttpResponse<String> transaction = client.post("/multi-exec", "[" + SET + "," + command + "]");
    assertThat(transaction.statusCode()).isEqualTo(400);
    assertThat(transaction.body()).isEqualTo(error);
    assertThat(client.post("/pipeline", "[[\"PING\"]," + command + "]").body())
        .isEqualTo("[{\"result\":\"PONG\"}," + error + "]");
  }

  @ParameterizedTest
  @ValueSource(ints = {413, 400})
  void request_aboveTheLimit_isRefused(int status) {
    TestClient client = rest.serve(RestOptions.UPSTASH.maxRequest(SET.length() - 1, status));
    HttpResponse<String> reply = client.post("/", SET);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.body())
        .isEqualTo(
            "{\"error\":\"ERR max request size exceeded. Limit: 12 bytes, Actual: 13 bytes\"}");
    assertThat(client.post("/", "[\"SET\",\"b\"]").body()).contains("wrong number of arguments");
  }

  @Test
  void request_ofTenMegabytes_isTheLimit() {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    String around = "[\"SET\",\"b\",\"\"]";
    String value = "x".repeat(10_000_000 - around.length());
    assertThat(client.post("/", "[\"SET\",\"b\",\"" + value + "\"]").body())
        .isEqualTo("{\"result\":\"OK\"}");
    assertThat(client.post("/", "[\"SET\",\"a\",\"" + value + "x\"]").statusCode())
        .isEqualTo(413);
  }

  @Test
  void record_aboveTheLimit_isRefusedAndDiscardsATransaction() {
    TestClient client = rest.serve(RestOptions.UPSTASH.maxRecord(4));
    String error =
        "{\"error\":\"ERR max single record size exceeded. Limit: 4 bytes, Actual: 5 bytes\"}";
    HttpResponse<String> transaction =
        client.post("/multi-exec", "[" + SET + ",[\"SET\",\"b\",\"12345\"]]");
    assertThat(transaction.statusCode()).isEqualTo(400);
    assertThat(transaction.body()).isEqualTo(error);
    assertThat(client
            .post("/pipeline", "[[\"SET\",\"b\",\"1234\"],[\"SET\",\"b\",\"12345\"]]")
            .body())
        .isEqualTo("[{\"result\":\"OK\"}," + error + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"SET\",\"a\",1]",
        "[\"DEL\",\"a\"]",
        "[\"SCAN\",0]",
        "[\"KEYS\",\"*\"]",
        "[\"EVAL\",\"return 1\",0]",
        "[\"FLUSHDB\"]"
      })
  void readOnlyToken_writesAndLooks_isRefused(String command) {
    TestClient reader = rest.serve(RestOptions.UPSTASH).reader();
    String name = command.split("\"", -1)[1].toLowerCase(Locale.ROOT);
    String error =
        "{\"error\":\"NOPERM this user has no permissions to run the '" + name + "' command\"}";
    HttpResponse<String> alone = reader.post("/", command);
    assertThat(alone.statusCode()).isEqualTo(400);
    assertThat(alone.body()).isEqualTo(error);
    HttpResponse<String> transaction =
        reader.post("/multi-exec", "[[\"GET\",\"b\"]," + command + "]");
    assertThat(transaction.statusCode()).isEqualTo(400);
    assertThat(transaction.body()).isEqualTo(error);
  }

  @Test
  void readOnlyToken_reads() {
    rest.behind().call("ZADD", "index", 1, "m");
    TestClient reader = rest.serve(RestOptions.UPSTASH).reader();
    String reads = "[[\"GET\",\"b\"],[\"ZRANGE\",\"index\",0,-1],[\"TYPE\",\"index\"],[\"TIME\"],"
        + "[\"EVAL_RO\",\"return redis.call('EXISTS','index')\",0]]";
    assertThat(reader.post("/multi-exec", reads).body())
        .startsWith("[{\"result\":null},{\"result\":[\"m\"]},{\"result\":\"zset\"},{\"result\":[\"")
        .endsWith("},{\"result\":1}]");
  }

  @Test
  void tokens_areNotPrinted() {
    TestClient client = rest.serve(RestOptions.UPSTASH);
    client.post("/", "[\"PING\"]");
    RestRequest request = client.server().requests().get(0);
    assertThat(request.header("authorization")).contains("Bearer " + client.token());
    assertThat(request.toString() + client.server())
        .contains("POST /")
        .doesNotContain(client.token())
        .doesNotContain(client.server().readOnlyToken());
  }
}
