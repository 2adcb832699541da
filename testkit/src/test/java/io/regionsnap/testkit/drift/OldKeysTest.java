package io.regionsnap.testkit.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.ports.Key;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands of the old writer leave the same in a real Redis and where there is none. */
class OldKeysTest {

  @ParameterizedTest
  @EnumSource(KeyLayout.class)
  void apply_anyOrder_leavesWhatRedisWould(KeyLayout layout) {
    long now = System.currentTimeMillis();
    Random random = new Random(now);
    try (RedisServer without = RedisServer.start();
        RedisServer real = RedisServer.start();
        RespClient there = without.connect();
        RespClient client = real.connect()) {
      RedisRawKeys raw = new RedisRawKeys(List.of(there));
      for (int round = 0; round < 20; round++) {
        OldKeys keys = new OldKeys(raw);
        for (List<Object> command : commands(layout, now, random)) {
          assertThat(keys.apply(command, now)).as("%s", command).isEqualTo(answer(client, command));
        }
        keys.save(now);
        assertThat(raw.readAll())
            .as("seed %d, round %d", now, round)
            .isNotEmpty()
            .isEqualTo(new RedisRawKeys(List.of(client)).readAll());
      }
    }
  }

  /** Of three snapshots two share a bucket, and one is old enough to be trimmed. */
  private static List<List<Object>> commands(KeyLayout layout, long now, Random random) {
    OldCommands old = new OldCommands(layout, now, now);
    List<List<Object>> commands = new ArrayList<>();
    for (long age : new long[] {0, 1, 91 * 86_400_000L}) {
      Snapshot snapshot =
          SnapshotDocuments.snapshot("mena", "id-" + age, now - age, "scheduled_6h", "x");
      commands.add(old.claim(snapshot));
      commands.addAll(old.write(snapshot));
    }
    Key index = layout.index(new Region("mena"));
    commands.add(List.of("SET", index, "no index", "PXAT", now + 3_600_000));
    commands.add(List.of("DEL", index));
    commands.add(List.of("DEL", index));
    Collections.shuffle(commands, random);
    return commands;
  }

  private static OldKeys.Answer answer(RespClient client, List<Object> command) {
    try {
      return client.call(command.toArray()) == null ? OldKeys.Answer.NIL : OldKeys.Answer.OK;
    } catch (RespError e) {
      assertThat(e.text()).startsWith("WRONGTYPE");
      return OldKeys.Answer.WRONGTYPE;
    }
  }

  @Test
  void apply_afterAKeyHasExpired_findsItGone() {
    long now = System.currentTimeMillis();
    Snapshot snapshot = SnapshotDocuments.snapshot("mena", "id", now, "scheduled_6h", "x");
    List<Object> claim = new OldCommands(OldWriter.LAYOUT, now, now).claim(snapshot);
    List<Object> later = new OldCommands(OldWriter.LAYOUT, now + 900_000, now).claim(snapshot);
    try (RedisServer server = RedisServer.start();
        RespClient client = server.connect()) {
      RedisRawKeys raw = new RedisRawKeys(List.of(client));
      OldKeys keys = new OldKeys(raw);
      assertThat(keys.apply(claim, now)).isEqualTo(OldKeys.Answer.OK);
      assertThat(keys.apply(claim, now + 899_999)).isEqualTo(OldKeys.Answer.NIL);
      assertThat(keys.apply(later, now + 900_000)).isEqualTo(OldKeys.Answer.OK);
      keys.save(now + 1_800_000);
      assertThat(raw.readAll()).isEmpty();
    }
  }
}
