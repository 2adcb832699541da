package io.regionsnap.domain;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A store in a map that a test may look at and change, with the guards and writes that repairs use;
 * any other is an error. Its clock stands still.
 */
public final class KeptStore implements TransactionalStore {
  /** What is stored. */
  public final TreeMap<Key, ObservedKey> keys =
      new TreeMap<>((a, b) -> a.name().compareTo(b.name()));

  /** Every transaction that was applied. */
  public final List<Transaction> applied = new ArrayList<>();

  /** Answers that are given to the next commits, which then do nothing. */
  public final Deque<CommitResult> answers = new ArrayDeque<>();

  /** Done before the next commit, once. */
  public Runnable beforeCommit = () -> {};

  /** The key that cannot be read, if any. */
  public Optional<Key> unreadable = Optional.empty();

  private final long nowMillis;

  public KeptStore(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    Runnable before = beforeCommit;
    beforeCommit = () -> {};
    before.run();
    return transactions.stream().map(this::commit).toList();
  }

  private CommitResult commit(Transaction transaction) {
    if (!answers.isEmpty()) {
      return answers.remove();
    }
    for (Map.Entry<Key, Kind> needed : transaction.kinds().entrySet()) {
      ObservedKey held = keys.get(needed.getKey());
      if (held != null && held.kind() != needed.getValue()) {
        return new CommitResult.NotApplied(
            new StoreRefusal.WrongKind(needed.getKey(), held.kind()));
      }
    }
    for (int i = 0; i < transaction.guards().size(); i++) {
      if (!holds(transaction.guards().get(i))) {
        return new CommitResult.GuardFailed(i, new Observation.Nothing());
      }
    }
    transaction.writes().forEach(this::write);
    keys.values().removeIf(held -> held.expiresAtMillis().orElse(Long.MAX_VALUE) <= nowMillis);
    applied.add(transaction);
    return new CommitResult.Applied();
  }

  private boolean holds(Guard guard) {
    if (guard instanceof Guard.Absent absent) {
      return !keys.containsKey(absent.key());
    } else if (guard instanceof Guard.Equal equal) {
      return value(equal.key()).equals(Optional.of(equal.expected()));
    } else if (guard instanceof Guard.Contains contains) {
      return entries(contains.index()).contains(contains.entry());
    } else if (guard instanceof Guard.WithinSpan within) {
      NavigableSet<IndexEntry> all = entries(within.index());
      return all.isEmpty() || all.last().score() - within.span() <= within.score();
    } else if (guard instanceof Guard.StoreClockBefore clock) {
      return nowMillis < clock.instantMillis();
    }
    throw new AssertionError(guard);
  }

  private void write(Write write) {
    if (write instanceof Write.Put put) {
      keys.put(put.key(), new ObservedValue(put.value(), OptionalLong.of(put.expiresAtMillis())));
    } else if (write instanceof Write.Add add) {
      NavigableSet<IndexEntry> all = entries(add.index());
      all.removeIf(entry -> entry.member().equals(add.entry().member()));
      all.add(add.entry());
      put(add.index(), all);
    } else if (write instanceof Write.Remove remove) {
      NavigableSet<IndexEntry> all = entries(remove.index());
      all.removeIf(entry -> entry.member().equals(remove.member()));
      put(remove.index(), all);
    } else if (write instanceof Write.Trim trim) {
      NavigableSet<IndexEntry> all = entries(trim.index());
      long lowest = all.isEmpty() ? 0 : all.last().score() - trim.span();
      all.removeIf(entry -> entry.score() < lowest);
      put(trim.index(), all);
    } else if (write instanceof Write.ExpireWithTop expire) {
      NavigableSet<IndexEntry> all = entries(expire.index());
      if (!all.isEmpty()) {
        OptionalLong expiry = OptionalLong.of(all.last().score() + expire.lifetimeMillis());
        keys.put(expire.index(), new ObservedIndex(all, expiry));
      }
    } else if (write instanceof Write.PointAtTop point) {
      NavigableSet<IndexEntry> all = entries(point.index());
      if (!all.isEmpty()) {
        OptionalLong expiry = OptionalLong.of(all.last().score() + point.lifetimeMillis());
        keys.put(point.key(), new ObservedValue(Value.utf8(all.last().member()), expiry));
      }
    } else if (write instanceof Write.Delete delete) {
      keys.remove(delete.key());
    } else if (write instanceof Write.Move move) {
      ObservedKey held = keys.remove(move.from());
      OptionalLong expiry = OptionalLong.of(move.expiresAtMillis());
      if (held instanceof ObservedValue value) {
        keys.put(move.to(), new ObservedValue(value.value(), expiry));
      } else if (held instanceof ObservedIndex index) {
        keys.put(move.to(), new ObservedIndex(index.entries(), expiry));
      } else if (held != null) {
        keys.put(move.to(), new ObservedKey.ObservedOther(expiry));
      }
    } else {
      throw new AssertionError(write);
    }
  }

  private void put(Key index, NavigableSet<IndexEntry> entries) {
    OptionalLong expiry =
        keys.containsKey(index) ? keys.get(index).expiresAtMillis() : OptionalLong.empty();
    keys.remove(index);
    if (!entries.isEmpty()) {
      keys.put(index, new ObservedIndex(entries, expiry));
    }
  }

  private Optional<Value> value(Key key) {
    return keys.get(key) instanceof ObservedValue held
        ? Optional.of(held.value())
        : Optional.empty();
  }

  private NavigableSet<IndexEntry> entries(Key index) {
    return keys.get(index) instanceof ObservedIndex held
        ? new TreeSet<>(held.entries())
        : new TreeSet<>();
  }

  @Override
  @SuppressWarnings("unchecked") // A query's case gives an answer of the query's type.
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    return queries.stream()
        .map(query -> (ReadResult<T>) query.match(new Answers()))
        .toList();
  }

  private final class Answers implements Query.Cases<ReadResult<?>> {
    private ReadResult<?> of(Key key, Kind kind, Optional<?> found) {
      if (unreadable.equals(Optional.of(key))) {
        return new ReadResult.Unreadable<>("no answer");
      }
      ObservedKey held = keys.get(key);
      if (held != null && held.kind() != kind) {
        return new ReadResult.WrongKind<>(key, held.kind());
      }
      return found.isPresent() ? new ReadResult.Found<>(found.get()) : new ReadResult.Absent<>();
    }

    @Override
    public ReadResult<?> get(Query.Get query) {
      return of(query.key(), Kind.VALUE, value(query.key()));
    }

    @Override
    public ReadResult<?> range(Query.Range query) {
      NavigableSet<IndexEntry> all = entries(query.index());
      List<IndexEntry> found = (query.order() == Query.Order.LOWEST_FIRST
              ? all
              : all.descendingSet())
          .stream()
              .filter(
                  entry -> entry.score() >= query.minScore() && entry.score() <= query.maxScore())
              .skip(query.offset())
              .limit(query.limit())
              .toList();
      return of(query.index(), Kind.INDEX, Optional.of(found));
    }

    @Override
    public ReadResult<?> follow(Query.Follow query) {
      Optional<Value> target = value(query.pointer());
      NavigableSet<IndexEntry> all = entries(query.index());
      Followed followed = new Followed(
          target,
          target.flatMap(named -> value(new Key(query.prefix() + named.asUtf8()))),
          all.isEmpty() ? Optional.empty() : Optional.of(all.last()));
      ReadResult<?> index = of(query.index(), Kind.INDEX, Optional.of(followed));
      return index instanceof ReadResult.Found<?>
          ? of(query.pointer(), Kind.VALUE, Optional.of(followed))
          : index;
    }

    @Override
    public ReadResult<?> describe(Query.Describe query) {
      ObservedKey held = keys.get(query.key());
      return held == null
          ? new ReadResult.Absent<>()
          : new ReadResult.Found<>(new KeyDescription(held.kind(), held.expiresAtMillis()));
    }

    @Override
    public ReadResult<?> inspect(Query.Inspect query) {
      if (unreadable.equals(Optional.of(query.key()))) {
        return new ReadResult.Unreadable<>("no answer");
      }
      ObservedKey held = keys.get(query.key());
      return held == null
          ? new ReadResult.Absent<>()
          : new ReadResult.Found<>(new Inspected(
              new KeyDescription(held.kind(), held.expiresAtMillis()),
              held instanceof ObservedValue seen ? Optional.of(seen.value()) : Optional.empty()));
    }

    @Override
    public ReadResult<?> score(Query.Score query) {
      Optional<Long> score = entries(query.index()).stream()
          .filter(entry -> entry.member().equals(query.member()))
          .map(IndexEntry::score)
          .findFirst();
      return of(query.index(), Kind.INDEX, score);
    }
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    return unreadable.equals(Optional.of(new Key("scan")))
        ? new ReadResult.Unreadable<>("no answer")
        : new ReadResult.Found<>(new ScanPage(
            keys.keySet().stream().filter(key -> scan.matches(key.name())).toList(),
            Optional.empty()));
  }

  @Override
  public void close() {}
}
