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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The raw keys of real servers, seen through {@link RespClient}: of one server, or of all primaries
 * of a cluster.
 */
public final class RedisRawKeys implements RawKeys {
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
    for (RespClient server : servers) {
      for (Key key : names(server)) {
        ObservedKey seen = observe(key, server);
        if (seen != null) {
          all.put(key, seen);
        }
      }
    }
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

  private static @Nullable ObservedKey observe(Key key, RespClient server) {
    OptionalLong expiry = expiry(key, server);
    switch (server.text("TYPE", key)) {
      case "string" -> {
        byte[] bytes = (byte[]) server.call("GET", key);
        return bytes == null ? null : new ObservedValue(Value.copyOf(bytes), expiry);
      }
      case "zset" -> {
        List<?> flat = server.list("ZRANGE", key, 0, -1, "WITHSCORES");
        List<IndexEntry> entries = new ArrayList<>();
        for (int i = 0; i < flat.size(); i += 2) {
          entries.add(
              new IndexEntry(text(flat.get(i)), (long) Double.parseDouble(text(flat.get(i + 1)))));
        }
        return new ObservedIndex(entries, expiry);
      }
      case "none" -> {
        return null;
      }
      default -> {
        return new ObservedOther(expiry);
      }
    }
  }

  private static OptionalLong expiry(Key key, RespClient server) {
    try {
      long millis = Long.parseLong(server.text("PEXPIRETIME", key));
      return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
    } catch (RespError e) {
      throw new IllegalStateException("the observer needs PEXPIRETIME: Redis 7.0 or later", e);
    }
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
