package io.regionsnap.proof.redis;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.redis.RespClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All keys of one server in one instant, also while others write: one script reads them. Not
 * thread-safe.
 */
public final class AtomicKeys {
  private static final String SCRIPT = """
      local all = {}
      for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
        local kind = redis.call('TYPE', key).ok
        local content = ''
        if kind == 'string' then
          content = redis.call('GET', key)
        elseif kind == 'zset' then
          content = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
        end
        if content then
          table.insert(all, {key, kind, redis.call('PEXPIRETIME', key), content})
        end
      end
      return all
      """;

  private final RespClient client;

  /**
   * An observer.
   *
   * @param client a client that may do everything; the caller closes it
   */
  public AtomicKeys(RespClient client) {
    this.client = client;
  }

  /**
   * Everything that exists.
   *
   * @return a copy; keys that have expired are not in it
   */
  public Map<Key, ObservedKey> readAll() {
    Map<Key, ObservedKey> all = new HashMap<>();
    for (Object element : client.list("EVAL", SCRIPT, 0, "*")) {
      List<?> parts = (List<?>) Objects.requireNonNull(element);
      long millis = (Long) Objects.requireNonNull(parts.get(2));
      OptionalLong expiry = millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
      all.put(new Key(text(parts.get(0))), observed(text(parts.get(1)), parts.get(3), expiry));
    }
    return all;
  }

  private static ObservedKey observed(String kind, @Nullable Object content, OptionalLong expiry) {
    if (kind.equals("string")) {
      return new ObservedValue(Value.copyOf((byte[]) Objects.requireNonNull(content)), expiry);
    } else if (kind.equals("zset")) {
      List<?> flat = (List<?>) Objects.requireNonNull(content);
      List<IndexEntry> entries = new ArrayList<>();
      for (int i = 0; i < flat.size(); i += 2) {
        entries.add(
            new IndexEntry(text(flat.get(i)), (long) Double.parseDouble(text(flat.get(i + 1)))));
      }
      return new ObservedIndex(entries, expiry);
    }
    return new ObservedOther(expiry);
  }

  private static String text(@Nullable Object bulk) {
    return new String((byte[]) Objects.requireNonNull(bulk), StandardCharsets.UTF_8);
  }
}
