package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Write;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What must be known of the keys of a transaction before its first write: which values, and which
 * indexes' tops. Of the others the kind is enough. Made by one thread, then immutable.
 */
final class Needs implements Guard.Cases<Needs>, Write.Cases<Needs> {
  private final Set<Key> read = new HashSet<>();
  private final Map<Key, Integer> changes = new HashMap<>();
  private final Map<Key, Integer> writes = new HashMap<>();
  private final Set<Key> added = new HashSet<>();
  private final Set<Key> scored = new HashSet<>();
  private final Set<Key> likelyAbsent = new HashSet<>();
  private boolean oneOfAll;
  private boolean newTop;

  static Needs of(Transaction transaction) {
    Needs needs = new Needs();
    for (Guard guard : transaction.guards()) {
      guard.match(needs);
    }
    for (Write write : transaction.writes()) {
      write.match(needs);
    }
    return needs;
  }

  /** Whether the value, or the top of the index, is needed, and not only the kind. */
  boolean reads(Key key) {
    return read.contains(key);
  }

  /** Whether a guard that is always checked asks for a member's score. */
  boolean scores(Key index) {
    return scored.contains(index);
  }

  /** Whether a value that is needed is most likely not there: a guard says what it may be. */
  boolean expectsAbsent(Key key) {
    return likelyAbsent.contains(key);
  }

  /** Of how many values that is so. */
  int expectAbsent() {
    return likelyAbsent.size();
  }

  /** How many entries of an index are added, moved or removed one by one. */
  int changes(Key index) {
    return changes.getOrDefault(index, 0);
  }

  /** How many writes put a value, move or delete it. */
  int writes(Key key) {
    return writes.getOrDefault(key, 0);
  }

  /** Whether a write asks if there is a new top. */
  boolean asksForNewTop() {
    return newTop;
  }

  private Needs read(Key key) {
    read.add(key);
    return this;
  }

  /** Within NotAll, guards after the first that does not hold are not checked. */
  private Needs score(Key index) {
    if (!oneOfAll) {
      scored.add(index);
    }
    return this;
  }

  private Needs written(Key key) {
    writes.merge(key, 1, Integer::sum);
    return this;
  }

  @Override
  public Needs absent(Guard.Absent guard) {
    return read(guard.key());
  }

  @Override
  public Needs equal(Guard.Equal guard) {
    return read(guard.key());
  }

  @Override
  public Needs absentOrEqual(Guard.AbsentOrEqual guard) {
    likelyAbsent.add(guard.key());
    return read(guard.key());
  }

  @Override
  public Needs absentOrMember(Guard.AbsentOrMember guard) {
    return read(guard.key());
  }

  @Override
  public Needs atTop(Guard.AtTop guard) {
    return read(guard.key()).read(guard.index());
  }

  @Override
  public Needs contains(Guard.Contains guard) {
    return score(guard.index());
  }

  @Override
  public Needs admits(Guard.Admits guard) {
    return score(guard.index());
  }

  @Override
  public Needs withinSpan(Guard.WithinSpan guard) {
    return read(guard.index());
  }

  @Override
  public Needs storeClockBefore(Guard.StoreClockBefore guard) {
    return this;
  }

  @Override
  public Needs notAll(Guard.NotAll guard) {
    boolean outer = oneOfAll;
    oneOfAll = true;
    for (Guard inner : guard.guards()) {
      inner.match(this);
    }
    oneOfAll = outer;
    return this;
  }

  @Override
  public Needs put(Write.Put write) {
    return written(write.key());
  }

  @Override
  public Needs add(Write.Add write) {
    added.add(write.index());
    changes.merge(write.index(), 1, Integer::sum);
    return this;
  }

  @Override
  public Needs trim(Write.Trim write) {
    return read(write.index());
  }

  @Override
  public Needs expireWithTop(Write.ExpireWithTop write) {
    return read(write.index());
  }

  @Override
  public Needs pointAtTop(Write.PointAtTop write) {
    return read(write.index()).written(write.key());
  }

  @Override
  public Needs delete(Write.Delete write) {
    return written(write.key());
  }

  @Override
  public Needs remove(Write.Remove write) {
    changes.merge(write.index(), 1, Integer::sum);
    return this;
  }

  @Override
  public Needs move(Write.Move write) {
    return read(write.from()).written(write.from()).written(write.to());
  }

  @Override
  public Needs ifNewTop(Write.IfNewTop write) {
    newTop = true;
    // The index whose top it asks for is read because of its Add.
    added.forEach(this::read);
    return write.write().match(this);
  }
}
