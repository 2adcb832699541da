package io.regionsnap.testkit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RespClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What commands do and what they answer, alone, in a pipeline and in a transaction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestCommandsTest {
  private final RedisEndpoint redis = RedisEndpoint.open();
  private final RespClient behind = redis.connect();
  private RestServer server = RestServer.start(redis.url());
  private TestClient client = new TestClient(server, server.token());

  @AfterAll
  void close() {
    behind.close();
    redis.close();
  }

  @BeforeEach
  void start() {
    behind.call("FLUSHDB");
    server = RestServer.start(redis.url());
    client = new TestClient(server, server.token());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void one_set_isOnTheRealRedis() throws IOException {
    HttpResponse<String> reply = client.post("/", "[\"SET\",\"foo\",\"bar\",\"EX\",100]");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"result\":\"OK\"}");
    assertThat(behind.text("GET", "foo")).isEqualTo("bar");
    assertThat(behind.call("TTL", "foo")).isEqualTo(100L);
  }

  @Test
  void pipeline_errorInTheMiddle_isAnItemAndTheRestRuns() throws IOException {
    behind.call("SET", "text", "x");
    HttpResponse<String> reply = client.post(
        "/pipeline",
        "[[\"SET\",\"a\",1],[\"ZADD\",\"text\",1,\"m\"],[\"INCR\",\"a\"],[\"GET\",\"none\"]]");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo("[{\"result\":\"OK\"},"
            + "{\"error\":\"WRONGTYPE Operation against a key holding the wrong kind of value\"},"
            + "{\"result\":2},{\"result\":null}]");
  }

  @Test
  void multiExec_errorAtRunTime_isAnItemAndItsNeighboursStay() throws IOException {
    behind.call("SET", "text", "x");
    HttpResponse<String> reply = client.post(
        "/multi-exec", "[[\"SET\",\"a\",1],[\"ZADD\",\"text\",1,\"m\"],[\"INCR\",\"a\"]]");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo("[{\"result\":\"OK\"},"
            + "{\"error\":\"WRONGTYPE Operation against a key holding the wrong kind of value\"},"
            + "{\"result\":2}]");
    assertThat(behind.text("GET", "a")).isEqualTo("2");
  }

  @Test
  void multiExec_errorWhileQueued_discardsTheWhole() throws IOException {
    HttpResponse<String> reply =
        client.post("/multi-exec", "[[\"SET\",\"a\",1],[\"SET\",\"b\"],[\"SET\",\"c\",1]]");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body())
        .isEqualTo("{\"error\":\"ERR wrong number of arguments for 'set' command\"}");
    assertThat(behind.call("DBSIZE")).isEqualTo(0L);
  }
}
