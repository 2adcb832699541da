package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Collects what must be read before a transaction of plain commands: first one read of each key, in
 * the order in which wrong kinds are reported, then what single guards need beyond. Used once, by
 * one thread.
 */
final class PlainReads implements Guard.Cases<PlainReads> {
  private final Set<Read> reads = new LinkedHashSet<>();
  private boolean clock;

  static PlainReads of(Transaction transaction, Needs needs) {
    return new PlainReads().take(transaction, needs, needs::reads);
  }

  /** The top of every index and the clock as well: a {@link FencedWording} asks for them. */
  static PlainReads fenced(Transaction transaction, Needs needs) {
    PlainReads reads = new PlainReads();
    reads.clock = true;
    return reads.take(
        transaction, needs, key -> needs.reads(key) || transaction.kinds().get(key) == Kind.INDEX);
  }

  private PlainReads take(Transaction transaction, Needs needs, Predicate<Key> isRead) {
    transaction.kinds().forEach((key, kind) -> reads.add(read(key, kind, needs, isRead.test(key))));
    transaction.guards().forEach(guard -> guard.match(this));
    if (needs.asksForNewTop()) {
      transaction.writes().stream()
          .filter(Write.Add.class::isInstance)
          .map(Write.Add.class::cast)
          .forEach(add -> score(add.index(), add.entry()));
    }
    return this;
  }

  private static Read read(Key key, Kind kind, Needs needs, boolean isRead) {
    if (kind == Kind.OTHER) {
      return new Read.OtherKind(key);
    } else if (kind == Kind.VALUE) {
      return isRead ? new Read.Bytes(key) : new Read.ValueKind(key);
    }
    return isRead ? new Read.Top(key, needs.changes(key) + 1) : new Read.IndexKind(key);
  }

  Set<Read> reads() {
    return reads;
  }

  /** Whether the store's clock is asked for. */
  boolean needsClock() {
    return clock;
  }

  private PlainReads score(Key index, IndexEntry entry) {
    reads.add(new Read.Score(index, Value.utf8(entry.member())));
    return this;
  }

  @Override
  public PlainReads absent(Guard.Absent guard) {
    return this;
  }

  @Override
  public PlainReads equal(Guard.Equal guard) {
    return this;
  }

  @Override
  public PlainReads absentOrEqual(Guard.AbsentOrEqual guard) {
    return this;
  }

  @Override
  public PlainReads absentOrMember(Guard.AbsentOrMember guard) {
    return this;
  }

  @Override
  public PlainReads atTop(Guard.AtTop guard) {
    return this;
  }

  @Override
  public PlainReads contains(Guard.Contains guard) {
    return score(guard.index(), guard.entry());
  }

  @Override
  public PlainReads admits(Guard.Admits guard) {
    reads.add(new Read.AtScore(guard.index(), guard.entry().score()));
    return score(guard.index(), guard.entry());
  }

  @Override
  public PlainReads withinSpan(Guard.WithinSpan guard) {
    return this;
  }

  @Override
  public PlainReads storeClockBefore(Guard.StoreClockBefore guard) {
    clock = true;
    return this;
  }

  @Override
  public PlainReads notAll(Guard.NotAll guard) {
    guard.guards().forEach(inner -> inner.match(this));
    return this;
  }
}
