package io.regionsnap.testkit.drift;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.RawKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Does to the keys of any store what a Redis does for the commands of the old writer: so it can
 * write where there is no Redis, and at any time of the past. The keys are read when it is made,
 * and put back by {@link #save}. Not thread-safe.
 */
final class OldKeys {
  /** How Redis answers. */
  enum Answer {
    /** Done, or there was nothing to do. */
    OK,
    /** The key exists, and was not to. */
    NIL,
    /** The key holds another kind of value. */
    WRONGTYPE
  }

  private final RawKeys raw;
  private final Map<Key, ObservedKey> keys;
  private final Set<Key> touched = new HashSet<>();

  OldKeys(RawKeys raw) {
    this.raw = raw;
    this.keys = raw.readAll();
  }

  /** Does what a command says, at an instant in epoch milliseconds. */
  Answer apply(List<Object> command, long atMillis) {
    Key key = (Key) command.get(1);
    if (hasExpired(key, atMillis)) {
      delete(key);
    }
    return switch ((String) command.get(0)) {
      case "SET" -> set(key, command);
      case "ZADD" -> add(key, command);
      case "ZREMRANGEBYSCORE" -> trim(key, (long) command.get(3));
      case "DEL" -> delete(key);
      default -> throw new IllegalArgumentException("not the old writer's: " + command);
    };
  }

  private boolean hasExpired(Key key, long atMillis) {
    ObservedKey seen = keys.get(key);
    return seen != null
        && seen.expiresAtMillis().isPresent()
        && seen.expiresAtMillis().getAsLong() <= atMillis;
  }

  private Answer set(Key key, List<Object> command) {
    if (command.contains("NX") && keys.containsKey(key)) {
      return Answer.NIL;
    }
    Value value = Value.utf8(command.get(2).toString());
    return put(key, new ObservedValue(value, OptionalLong.of((long) command.get(4))));
  }

  private Answer add(Key key, List<Object> command) {
    ObservedKey seen = keys.get(key);
    if (seen != null && !(seen instanceof ObservedIndex)) {
      return Answer.WRONGTYPE;
    }
    IndexEntry added = new IndexEntry(command.get(3).toString(), (long) command.get(2));
    List<IndexEntry> entries = new ArrayList<>(List.of(added));
    if (seen instanceof ObservedIndex index) {
      index.entries().stream()
          .filter(entry -> !entry.member().equals(added.member()))
          .forEach(entries::add);
    }
    return put(
        key,
        new ObservedIndex(entries, seen == null ? OptionalLong.empty() : seen.expiresAtMillis()));
  }

  private Answer trim(Key key, long highest) {
    ObservedKey seen = keys.get(key);
    if (!(seen instanceof ObservedIndex index)) {
      return seen == null ? Answer.OK : Answer.WRONGTYPE;
    }
    List<IndexEntry> left =
        index.entries().stream().filter(entry -> entry.score() > highest).toList();
    return left.isEmpty()
        ? delete(key)
        : put(key, new ObservedIndex(left, index.expiresAtMillis()));
  }

  /** Puts something, whatever was there. */
  Answer put(Key key, ObservedKey held) {
    keys.put(key, held);
    touched.add(key);
    return Answer.OK;
  }

  private Answer delete(Key key) {
    keys.remove(key);
    touched.add(key);
    return Answer.OK;
  }

  /** Puts back what was changed and is still there at an instant in epoch milliseconds. */
  void save(long atMillis) {
    for (Key key : touched) {
      ObservedKey held = hasExpired(key, atMillis) ? null : keys.get(key);
      if (held instanceof ObservedValue value) {
        raw.putValue(key, value.value(), value.expiresAtMillis());
      } else if (held instanceof ObservedIndex index) {
        raw.putIndex(key, index.entries(), index.expiresAtMillis());
      } else {
        raw.delete(key);
      }
    }
  }
}
