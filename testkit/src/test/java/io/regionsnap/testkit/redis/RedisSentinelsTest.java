package io.regionsnap.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RedisSentinelsTest {

  @Test
  void kill_primary_replicaIsPromotedAndHasTheData() {
    List<RedisServer> all;
    List<ProcessHandle> processes;
    try (RedisSentinels sentinels = RedisSentinels.start()) {
      all = Stream.concat(sentinels.servers().stream(), sentinels.sentinels().stream())
          .toList();
      processes = all.stream().map(RedisServer::process).toList();
      assertThat(processes).hasSize(5).allMatch(ProcessHandle::isAlive);
      RedisServer primary = sentinels.primary();
      assertThat(primary).isSameAs(sentinels.servers().get(0));
      assertThat(RedisSentinels.role(sentinels.servers().get(1))).isEqualTo("slave");
      try (RespClient client = primary.connect()) {
        client.call("SET", "key", "x");
        assertThat(client.call("WAIT", 1, 5_000)).isEqualTo(1L);
      }

      primary.kill();
      RedisServer promoted = sentinels.awaitFailover(primary);

      assertThat(promoted).isSameAs(sentinels.servers().get(1)).isSameAs(sentinels.primary());
      try (RespClient client = promoted.connect()) {
        assertThat(client.text("GET", "key")).isEqualTo("x");
        assertThat(client.text("SET", "key", "y")).isEqualTo("OK");
      }
    }
    assertThat(processes).hasSize(5).noneMatch(ProcessHandle::isAlive);
    assertThat(all.stream().map(RedisServer::folder)).hasSize(5).noneMatch(Files::exists);
  }

  @Test
  void url_threeSentinels_isTheFormOfLettuce() {
    try (RedisSentinels sentinels = RedisSentinels.start("--appendonly", "yes")) {
      List<Integer> ports =
          sentinels.sentinels().stream().map(RedisServer::port).toList();
      assertThat(sentinels.url())
          .isEqualTo(
              "redis-sentinel://127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d/0#master",
              ports.get(0), ports.get(1), ports.get(2));
      for (RedisServer server : sentinels.servers()) {
        try (RespClient client = server.connect()) {
          assertThat(client.list("CONFIG", "GET", "appendonly").get(1))
              .isEqualTo(new byte[] {'y', 'e', 's'});
        }
      }
    }
  }
}
