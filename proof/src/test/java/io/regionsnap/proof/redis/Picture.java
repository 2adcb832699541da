package io.regionsnap.proof.redis;

import io.regionsnap.testkit.redis.RespClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All keys of a server as they were at one instant, to be put back in place of whatever is there
 * then. Immutable.
 */
final class Picture {
  private static final String TAKE = """
      local all = {}
      for _, key in ipairs(redis.call('KEYS', '*')) do
        table.insert(all, key)
        table.insert(all, tostring(math.max(0, redis.call('PEXPIRETIME', key))))
        table.insert(all, redis.call('DUMP', key))
      end
      return all
      """;

  private static final String PUT_BACK = """
      redis.call('FLUSHALL')
      for i = 1, #ARGV, 3 do
        redis.call('RESTORE', ARGV[i], ARGV[i + 1], ARGV[i + 2], 'ABSTTL')
      end
      """;

  private final List<Object> command = new ArrayList<>(List.of("EVAL", PUT_BACK, 0));

  Picture(RespClient client) {
    client.list("EVAL", TAKE, 0).forEach(part -> command.add(Objects.requireNonNull(part)));
  }

  void putBack(RespClient client) {
    client.call(command.toArray());
  }
}
