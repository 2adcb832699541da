package io.regionsnap.ports;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Guards and writes that are applied wholly or not at all: if every guard holds, every write
 * happens, in one instant that no reader can look into; if not, none does. Immutable. Two
 * transactions are equal when their guards and writes are.
 */
// A record but for the kinds: they are found in checking, and whoever commits asks for them often.
public final class Transaction {
  private final List<Guard> guards;
  private final List<Write> writes;
  private final Map<Key, Kind> kinds;

  /**
   * Copies both lists and checks that they make sense together.
   *
   * @param guards checked in order, before the first write
   * @param writes made in order; at least one
   * @throws IllegalArgumentException if there is no write, if a key is used both as a value and as
   *     an index without having been moved away in between, or if a {@link Write.IfNewTop} does not
   *     follow exactly one {@link Write.Add}, or stands beside a {@link Write.Move}
   */
  public Transaction(List<Guard> guards, List<Write> writes) {
    this.guards = List.copyOf(guards);
    this.writes = List.copyOf(writes);
    if (writes.isEmpty()) {
      throw new IllegalArgumentException("a transaction makes at least one write");
    }
    requireOneAddBeforeConditions(this.writes);
    this.kinds = new KeyKinds().of(this.guards, this.writes);
  }

  /**
   * What is checked, in order, before the first write.
   *
   * @return an unmodifiable list
   */
  public List<Guard> guards() {
    return guards;
  }

  /**
   * What is written, in order.
   *
   * @return an unmodifiable list of at least one
   */
  public List<Write> writes() {
    return writes;
  }

  /**
   * Every key that the transaction names, with the kind that it must have if it exists, in the
   * order in which they are first named: the keys of guards, then the keys of writes.
   *
   * @return an unmodifiable map; {@link Kind#OTHER} only for keys that are moved
   */
  public Map<Key, Kind> kinds() {
    return kinds;
  }

  /**
   * Every key that a write names, in the order of the writes; an index that is only looked at is
   * among them.
   *
   * @return an unmodifiable list without duplicates
   */
  public List<Key> writtenKeys() {
    return List.copyOf(new KeyKinds().of(List.of(), writes).keySet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Transaction that
        && guards.equals(that.guards)
        && writes.equals(that.writes);
  }

  @Override
  public int hashCode() {
    return 31 * guards.hashCode() + writes.hashCode();
  }

  @Override
  public String toString() {
    return "Transaction[guards=" + guards + ", writes=" + writes + "]";
  }

  private static void requireOneAddBeforeConditions(List<Write> writes) {
    int adds = 0;
    boolean conditional = false;
    boolean moves = false;
    for (Write write : writes) {
      if (write instanceof Write.Add) {
        adds++;
      } else if (write instanceof Write.Move) {
        moves = true;
      } else if (write instanceof Write.IfNewTop) {
        conditional = true;
        if (adds == 0) {
          throw new IllegalArgumentException("IfNewTop comes after the Add that it depends on");
        }
      }
    }
    if (conditional && moves) {
      throw new IllegalArgumentException("IfNewTop does not stand beside a Move");
    }
    if (conditional && adds != 1) {
      throw new IllegalArgumentException("IfNewTop needs exactly one Add, not " + adds);
    }
  }

  /** Collects the kind that each key must have. */
  private static final class KeyKinds implements Guard.Cases<KeyKinds>, Write.Cases<KeyKinds> {
    private final Map<Key, Kind> kinds = new LinkedHashMap<>();
    private Set<Key> free = Set.of();

    Map<Key, Kind> of(List<Guard> guards, List<Write> writes) {
      for (Guard guard : guards) {
        guard.match(this);
      }
      for (Write write : writes) {
        write.match(this);
      }
      return Collections.unmodifiableMap(kinds);
    }

    private KeyKinds value(Key key) {
      return expect(key, Kind.VALUE);
    }

    private KeyKinds index(Key key) {
      return expect(key, Kind.INDEX);
    }

    private KeyKinds expect(Key key, Kind kind) {
      Kind before = kinds.putIfAbsent(key, kind);
      if (before != null && before != kind && !free.contains(key)) {
        throw new IllegalArgumentException(key + " is used both as a value and as an index");
      }
      return this;
    }

    @Override
    public KeyKinds absent(Guard.Absent guard) {
      return value(guard.key());
    }

    @Override
    public KeyKinds equal(Guard.Equal guard) {
      return value(guard.key());
    }

    @Override
    public KeyKinds absentOrEqual(Guard.AbsentOrEqual guard) {
      return value(guard.key());
    }

    @Override
    public KeyKinds absentOrMember(Guard.AbsentOrMember guard) {
      return value(guard.key()).index(guard.index());
    }

    @Override
    public KeyKinds atTop(Guard.AtTop guard) {
      return value(guard.key()).index(guard.index());
    }

    @Override
    public KeyKinds contains(Guard.Contains guard) {
      return index(guard.index());
    }

    @Override
    public KeyKinds admits(Guard.Admits guard) {
      return index(guard.index());
    }

    @Override
    public KeyKinds withinSpan(Guard.WithinSpan guard) {
      return index(guard.index());
    }

    @Override
    public KeyKinds storeClockBefore(Guard.StoreClockBefore guard) {
      return this;
    }

    @Override
    public KeyKinds notAll(Guard.NotAll guard) {
      for (Guard inner : guard.guards()) {
        inner.match(this);
      }
      return this;
    }

    @Override
    public KeyKinds put(Write.Put write) {
      return value(write.key());
    }

    @Override
    public KeyKinds add(Write.Add write) {
      return index(write.index());
    }

    @Override
    public KeyKinds trim(Write.Trim write) {
      return index(write.index());
    }

    @Override
    public KeyKinds expireWithTop(Write.ExpireWithTop write) {
      return index(write.index());
    }

    @Override
    public KeyKinds pointAtTop(Write.PointAtTop write) {
      return value(write.key()).index(write.index());
    }

    @Override
    public KeyKinds delete(Write.Delete write) {
      return value(write.key());
    }

    @Override
    public KeyKinds remove(Write.Remove write) {
      return index(write.index());
    }

    @Override
    public KeyKinds move(Write.Move write) {
      expect(write.from(), write.kind()).value(write.to());
      if (free.isEmpty()) {
        free = new HashSet<>();
      }
      free.add(write.from());
      return this;
    }

    @Override
    public KeyKinds ifNewTop(Write.IfNewTop write) {
      return write.write().match(this);
    }
  }
}
