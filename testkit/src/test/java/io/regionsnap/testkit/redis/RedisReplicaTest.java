package io.regionsnap.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class RedisReplicaTest {

  @Test
  void startReplica_primaryDiesAtOnce_hasWhatWasAcknowledged() {
    try (RedisServer primary = RedisServer.start();
        RespClient client = primary.connect()) {
      // Enough that to copy it takes longer than to write what follows.
      client.call("EVAL", "for i = 1, 200000 do redis.call('SET', i, 'x') end", 0);
      try (RedisServer replica = primary.startReplica();
          RespClient observer = replica.connect()) {
        for (int i = 0; i < 100; i++) {
          client.call("SET", "key" + i, "x");
        }
        primary.kill();
        Await.until(
            "the replica has noticed",
            () -> observer.text("INFO", "replication").contains("master_link_status:down"));
        // The last one may have been answered before it was sent on.
        assertThat((Long) Objects.requireNonNull(observer.call("DBSIZE")))
            .isBetween(200_099L, 200_100L);
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
