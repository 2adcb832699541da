package io.regionsnap.testkit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.testkit.rest.RestOptions.Base64;
import io.regionsnap.testkit.rest.RestOptions.MultiExec;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers other than Upstash do instead. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestDialectTest {
  private static final String TORN =
      "[[\"SET\",\"a\",1],[\"ZADD\",\"text\",1,\"m\"],[\"SET\",\"b\",1]]";
  private static final String DISCARDED = "[[\"SET\",\"a\",1],[\"SET\",\"b\"]]";

  private final RestFixture rest = new RestFixture();

  @AfterEach
  void reset() {
    rest.reset();
  }

  @AfterAll
  void close() {
    rest.close();
  }

  @ParameterizedTest
  @CsvSource({"400", "200"})
  void discardStatus_isThatOfTheSingleError(int status) {
    HttpResponse<String> reply =
        rest.serve(RestOptions.UPSTASH.discardStatus(status)).post("/multi-exec", DISCARDED);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.body())
        .isEqualTo("{\"error\":\"ERR wrong number of arguments for 'set' command\"}");
    assertThat(rest.behind().call("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void serverlessRedisHttp_errorAtRunTime_isEmpty500AndNeighboursStay() {
    rest.behind().call("SET", "text", "x");
    TestClient client = rest.serve(RestOptions.SERVERLESS_REDIS_HTTP);
    HttpResponse<String> reply = client.post("/multi-exec", TORN);
    assertThat(reply.statusCode()).isEqualTo(500);
    assertThat(reply.body()).isEmpty();
    assertThat(rest.behind().call("EXISTS", "a", "b")).isEqualTo(2L);
    assertThat(client.post("/multi-exec", "[[\"GET\",\"a\"]]").body())
        .isEqualTo("[{\"result\":\"1\"}]");
  }

  @Test
  void serverlessRedisHttp_discarded_saysExecabort() {
    HttpResponse<String> reply =
        rest.serve(RestOptions.SERVERLESS_REDIS_HTTP).post("/multi-exec", DISCARDED);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).startsWith("{\"error\":\"EXECABORT ");
    assertThat(rest.behind().call("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void serverlessRedisHttp_base64_isOfOkToo() {
    assertThat(rest.serve(RestOptions.SERVERLESS_REDIS_HTTP)
            .post("/", "[\"SET\",\"a\",1]", "Upstash-Encoding", "base64")
            .body())
        .isEqualTo("{\"result\":\"T0s=\"}");
  }

  @Test
  void base64_ignored_leavesStrings() {
    assertThat(rest.serve(RestOptions.UPSTASH.base64(Base64.IGNORED))
            .post("/", "[\"ECHO\",\"x\"]", "Upstash-Encoding", "base64")
            .body())
        .isEqualTo("{\"result\":\"x\"}");
  }

  @Test
  void multiExec_absent_is404InPlainText() {
    TestClient client = rest.serve(RestOptions.UPSTASH.multiExec(MultiExec.ABSENT));
    HttpResponse<String> reply = client.post("/multi-exec", "[[\"SET\",\"a\",1]]");
    assertThat(reply.statusCode()).isEqualTo(404);
    assertThat(reply.body()).isEqualTo("Not Found");
    assertThat(reply.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
    assertThat(rest.behind().call("DBSIZE")).isEqualTo(0L);
    assertThat(client.post("/pipeline", "[[\"SET\",\"a\",1]]").statusCode()).isEqualTo(200);
  }

  @Test
  void worldmonitorProxy_multiExec_isBroken() {
    HttpResponse<String> reply =
        rest.serve(RestOptions.WORLDMONITOR_PROXY).post("/multi-exec", "[[\"SET\",\"a\",1]]");
    assertThat(reply.statusCode()).isEqualTo(500);
    assertThat(reply.body()).isEqualTo("{\"error\":\"multi.sendCommand is not a function\"}");
    assertThat(rest.behind().call("DBSIZE")).isEqualTo(0L);
  }

  @ParameterizedTest
  @CsvSource({
    "/, EVAL, '[\"EVAL\",\"return 1\",0]'",
    "/pipeline, ZREMRANGEBYSCORE, '[[\"SET\",\"a\",1],[\"zremrangebyscore\",\"i\",0,1]]'",
    "/multi-exec, EVAL, '[[\"SET\",\"a\",1],[\"EVAL\",\"return 1\",0]]'",
  })
  void worldmonitorProxy_commandThatIsNotListed_is403(String target, String name, String body) {
    HttpResponse<String> reply = rest.serve(RestOptions.WORLDMONITOR_PROXY).post(target, body);
    assertThat(reply.statusCode()).isEqualTo(403);
    assertThat(reply.body()).isEqualTo("{\"error\":\"Command not allowed: " + name + "\"}");
    assertThat(rest.behind().call("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void worldmonitorProxy_aboveOneMebibyte_dropsTheConnection() {
    TestClient client = rest.serve(RestOptions.WORLDMONITOR_PROXY);
    String around = "[\"SET\",\"a\",\"\"]";
    String value = "x".repeat(1_048_576 - around.length());
    assertThat(client.post("/", "[\"SET\",\"a\",\"" + value + "\"]").statusCode())
        .isEqualTo(200);
    assertThatThrownBy(() -> client.post("/", "[\"SET\",\"b\",\"" + value + "x\"]"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(rest.behind().call("EXISTS", "b")).isEqualTo(0L);
  }

  @Test
  void withoutScripts_evalIsRefusedAndDiscardsATransaction() {
    TestClient client = rest.serve(RestOptions.UPSTASH.withoutScripts());
    String error = "{\"error\":\"NOPERM this user has no permissions to run the 'eval' command\"}";
    HttpResponse<String> transaction =
        client.post("/multi-exec", "[[\"SET\",\"a\",1],[\"EVAL\",\"return 1\",0]]");
    assertThat(transaction.statusCode()).isEqualTo(400);
    assertThat(transaction.body()).isEqualTo(error);
    assertThat(rest.behind().call("DBSIZE")).isEqualTo(0L);
    assertThat(client.post("/", "[\"EVAL\",\"return 1\",0]").body()).isEqualTo(error);
    assertThat(client.post("/multi-exec", "[[\"SET\",\"a\",1]]").body())
        .isEqualTo("[{\"result\":\"OK\"}]");
  }

  @Test
  void close_leavesNoUsersBehind() {
    List<String> before = users();
    TestClient client = rest.serve(RestOptions.UPSTASH.withoutScripts());
    assertThat(client.post("/", "[\"ECHO\",\"x\"]").statusCode()).isEqualTo(200);
    assertThat(client.reader().post("/", "[\"ECHO\",\"x\"]").statusCode()).isEqualTo(200);
    assertThat(users()).hasSize(before.size() + 2);
    client.server().close();
    assertThat(users()).isEqualTo(before);
  }

  private List<String> users() {
    return rest.behind().list("ACL", "LIST").stream()
        .map(user -> new String((byte[]) Objects.requireNonNull(user), StandardCharsets.UTF_8))
        .toList();
  }
}
