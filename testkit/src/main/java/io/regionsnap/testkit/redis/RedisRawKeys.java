package io.regionsnap.testkit.redis;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.RawKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The raw keys of real servers, seen through {@link RespClient}: of one server, or of all primaries
 * of a cluster.
 */
public final class RedisRawKeys implements RawKeys {
  // Exact if the clock showed the same millisecond before and after the time left was read.
  private static final String EXPIRY_BEFORE_7 = """
      local function clock()
        local time = redis.call('TIME')
        return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
      end
      local before, left
      repeat
        before = clock()
        left = redis.call('PTTL', KEYS[1])
      until clock() == before
      return left < 0 and left or before + left
      """;

  private final List<RespClient> servers;

  /**
   * An observer.
   *
   * @param servers one server, or the primaries of a cluster; the caller closes them
   */
  public RedisRawKeys(List<RespClient> servers) {
    this.servers = List.copyOf(servers);
  }

  @Override
  public Map<Key, ObservedKey> readAll() {
    Map<Key, ObservedKey> all = new HashMap<>();
    servers.forEach(server -> observe(names(server), server, all));
    return all;
  }

  private static List<Key> names(RespClient server) {
    List<Key> keys = new ArrayList<>();
    String cursor = "0";
    do {
      List<?> page = server.list("SCAN", cursor, "COUNT", 1000);
      cursor = text(page.get(0));
      ((List<?>) Objects.requireNonNull(page.get(1)))
          .forEach(name -> keys.add(new Key(text(name))));
    } while (!cursor.equals("0"));
    return keys;
  }

  /** Asks for all kinds at once, and then for all that they hold. */
  private static void observe(List<Key> keys, RespClient server, Map<Key, ObservedKey> all) {
    keys.forEach(key -> server.send(List.of("TYPE", key)));
    List<String> types = new ArrayList<>();
    keys.forEach(key -> types.add((String) Objects.requireNonNull(server.answer())));
    List<OptionalLong> expiries = expiries(keys, server);
    for (int i = 0; i < keys.size(); i++) {
      switch (types.get(i)) {
        case "string" -> server.send(List.of("GET", keys.get(i)));
        case "zset" -> server.send(List.of("ZRANGE", keys.get(i), 0, -1, "WITHSCORES"));
        default -> server.send(List.of("EXISTS", keys.get(i)));
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      observed(server.answer(), expiries.get(i)).ifPresent(put(keys.get(i), all));
    }
  }

  private static Consumer<ObservedKey> put(Key key, Map<Key, ObservedKey> all) {
    return seen -> all.put(key, seen);
  }

  /** Of what GET, ZRANGE or EXISTS answers; nothing if there is no key any more. */
  private static Optional<ObservedKey> observed(@Nullable Object answer, OptionalLong expiry) {
    if (answer instanceof byte[] bytes) {
      return Optional.of(new ObservedValue(Value.copyOf(bytes), expiry));
    } else if (answer instanceof List<?> flat && !flat.isEmpty()) {
      List<IndexEntry> entries = new ArrayList<>();
      for (int i = 0; i < flat.size(); i += 2) {
        entries.add(
            new IndexEntry(text(flat.get(i)), (long) Double.parseDouble(text(flat.get(i + 1)))));
      }
      return Optional.of(new ObservedIndex(entries, expiry));
    }
    return answer instanceof Long count && count > 0
        ? Optional.of(new ObservedOther(expiry))
        : Optional.empty();
  }

  private static List<OptionalLong> expiries(List<Key> keys, RespClient server) {
    keys.forEach(key -> server.send(List.of("PEXPIRETIME", key)));
    List<OptionalLong> expiries = new ArrayList<>();
    List<Key> unknown = new ArrayList<>();
    for (Key key : keys) {
      try {
        expiries.add(expiry((long) Objects.requireNonNull(server.answer())));
      } catch (RespError e) {
        if (!e.text().startsWith("ERR unknown command")) {
          throw e;
        }
        unknown.add(key);
      }
    }
    unknown.forEach(
        key -> expiries.add(expiry(Long.parseLong(server.text("EVAL", EXPIRY_BEFORE_7, 1, key)))));
    return expiries;
  }

  private static OptionalLong expiry(long millis) {
    return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
  }

  private static String text(@Nullable Object bulk) {
    return new String((byte[]) Objects.requireNonNull(bulk), StandardCharsets.UTF_8);
  }

  @Override
  public void putValue(Key key, Value value, OptionalLong expiresAtMillis) {
    List<Object> command = new ArrayList<>(List.of("SET", key, value.toByteArray()));
    expiresAtMillis.ifPresent(millis -> command.addAll(List.of("PXAT", millis)));
    call(command.toArray());
  }

  @Override
  public void putIndex(Key key, Collection<IndexEntry> entries, OptionalLong expiresAtMillis) {
    delete(key);
    entries.forEach(entry -> call("ZADD", key, entry.score(), entry.member()));
    expiresAtMillis.ifPresent(millis -> call("PEXPIREAT", key, millis));
  }

  @Override
  public boolean holdsOther() {
    return true;
  }

  @Override
  public void putOther(Key key) {
    delete(key);
    call("RPUSH", key, "other");
  }

  @Override
  public void delete(Key key) {
    call("DEL", key);
  }

  /** The clock that is most behind. */
  @Override
  public OptionalLong clockMillis() {
    return servers.stream().mapToLong(RedisRawKeys::clock).min();
  }

  private static long clock(RespClient server) {
    List<?> time = server.list("TIME");
    return Long.parseLong(text(time.get(0))) * 1000 + Long.parseLong(text(time.get(1))) / 1000;
  }

  /** Redis lets a key live through the millisecond at which it expires (keyIsExpired in db.c). */
  @Override
  public void awaitExpiry(long millis) {
    Await.until(
        "the servers' clocks have passed " + millis, () -> clockMillis().orElseThrow() > millis);
  }

  /** On the server that serves the key: the others answer MOVED. */
  private void call(Object... command) {
    RespError last = null;
    for (RespClient server : servers) {
      try {
        server.call(command);
        return;
      } catch (RespError e) {
        if (!e.text().startsWith("MOVED")) {
          throw e;
        }
        last = e;
      }
    }
    throw new IllegalStateException("no server serves the key", last);
  }
}
