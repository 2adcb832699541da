package io.regionsnap.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisReplicaTest {

  @Test
  void startReplica_hasTheWholeCopyAndOutlivesThePrimary() {
    try (RedisServer primary = RedisServer.start();
        RespClient client = primary.connect()) {
      // Enough that to copy it takes a while.
      client.call("EVAL", "for i = 1, 200000 do redis.call('SET', i, 'x') end", 0);
      try (RedisServer replica = primary.startReplica();
          RespClient observer = replica.connect()) {
        assertThat(observer.call("DBSIZE")).isEqualTo(200_000L);
        for (int i = 0; i < 100; i++) {
          client.call("SET", "key" + i, "x");
        }
        // What is answered may not have been sent on yet.
        assertThat(client.call("WAIT", 1, 5_000)).isEqualTo(1L);
        primary.kill();
        Await.until(
            "the replica has noticed",
            () -> observer.text("INFO", "replication").contains("master_link_status:down"));
        assertThat(observer.call("DBSIZE")).isEqualTo(200_100L);
      }
    }
  }

  @Test
  void startReplica_secondWithAnOption_bothFollow() {
    try (RedisServer primary = RedisServer.start();
        RedisServer first = primary.startReplica();
        RedisServer second = primary.startReplica("--replica-read-only", "no")) {
      try (RespClient client = primary.connect()) {
        client.call("SET", "key", "x");
        assertThat(client.call("WAIT", 2, 5_000)).isEqualTo(2L);
      }
      try (RespClient client = second.connect()) {
        assertThat(client.text("SET", "own", "x")).isEqualTo("OK");
      }
      assertThat(first.port()).isNotEqualTo(second.port());
    }
  }
}
