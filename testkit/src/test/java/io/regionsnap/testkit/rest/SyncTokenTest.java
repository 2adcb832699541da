package io.regionsnap.testkit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sync tokens, in front of a primary and a replica that has stopped following it. */
class SyncTokenTest {
  private static final String HEADER = "upstash-sync-token";

  private final RedisServer primary = RedisServer.start();
  private final RedisServer replica = primary.startReplica();
  private final RestServer server =
      RestServer.start(primary.url(), RestOptions.UPSTASH.readingFrom(replica.url()));
  private final TestClient client = new TestClient(server);

  @BeforeEach
  void holdTheReplicaBack() {
    try (RespClient lagging = replica.connect()) {
      lagging.call("REPLICAOF", "NO", "ONE");
    }
  }

  @AfterEach
  void close() {
    server.close();
    replica.close();
    primary.close();
  }

  @Test
  void everyReply_carriesAGreaterOne() {
    String first = token(client.post("/", "[\"PING\"]"));
    String second = token(client.post("/", "not JSON"));
    String third = token(client.get("/nosuch"));
    assertThat(second).isGreaterThan(first);
    assertThat(third).isGreaterThan(second);
    assertThat(server.syncTokens()).containsExactly(first, second, third);
  }

  @Test
  void requests_areRecordedWithTheTokenThatTheyCarried() {
    String first = token(client.post("/", "[\"PING\"]"));
    client.post("/", "[\"PING\"]", HEADER, first);
    assertThat(server.requests().get(0).header(HEADER)).isEmpty();
    assertThat(server.requests().get(1).header(HEADER)).contains(first);
  }

  @ParameterizedTest
  @CsvSource({
    "/, '[\"GET\",\"key\"]', '{\"result\":null}', '{\"result\":\"new\"}'",
    "/pipeline, '[[\"GET\",\"key\"]]', '[{\"result\":null}]', '[{\"result\":\"new\"}]'",
    "/multi-exec, '[[\"GET\",\"key\"]]', '[{\"result\":null}]', '[{\"result\":\"new\"}]'",
    "/, '[\"EVAL_RO\",\"return redis.call(''GET'',KEYS[1])\",1,\"key\"]', '{\"result\":null}', '{\"result\":\"new\"}'",
  })
  void read_seesTheWriteOnlyWithItsToken(String target, String body, String stale, String fresh) {
    String before = token(client.post("/", "[\"PING\"]"));
    String written = token(client.post("/", "[\"SET\",\"key\",\"new\"]", HEADER, before));
    assertThat(client.post(target, body).body()).isEqualTo(stale);
    assertThat(client.post(target, body, HEADER, before).body()).isEqualTo(stale);
    assertThat(client.post(target, body, HEADER, "").body()).isEqualTo(stale);
    HttpResponse<String> read = client.post(target, body, HEADER, written);
    assertThat(read.body()).isEqualTo(fresh);
    assertThat(client.post(target, body, HEADER, token(read)).body()).isEqualTo(fresh);
  }

  @Test
  void read_afterASecondWrite_needsTheTokenOfThat() {
    String first = token(client.post("/", "[\"SET\",\"key\",1]"));
    String second = token(client.post("/multi-exec", "[[\"SET\",\"key\",2]]", HEADER, first));
    assertThat(client.post("/", "[\"GET\",\"key\"]", HEADER, first).body())
        .isEqualTo("{\"result\":null}");
    assertThat(client.post("/", "[\"GET\",\"key\"]", HEADER, second).body())
        .isEqualTo("{\"result\":\"2\"}");
  }

  @Test
  void requestThatWritesToo_isServedByThePrimary() {
    client.post("/", "[\"SET\",\"key\",1]");
    assertThat(client.post("/pipeline", "[[\"GET\",\"key\"],[\"INCR\",\"n\"]]").body())
        .isEqualTo("[{\"result\":\"1\"},{\"result\":1}]");
    assertThat(client
            .post("/", "[\"EVAL\",\"return redis.call('GET',KEYS[1])\",1,\"key\"]")
            .body())
        .isEqualTo("{\"result\":\"1\"}");
  }

  private static String token(HttpResponse<String> reply) {
    return reply.headers().firstValue(HEADER).orElseThrow();
  }
}
