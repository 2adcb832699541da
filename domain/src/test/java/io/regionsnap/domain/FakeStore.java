package io.regionsnap.domain;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A store that answers commits as it is told and reads from keys that a test sets. It applies
 * nothing: what stores do with transactions is the contract's to test, not the domain's.
 */
public final class FakeStore implements TransactionalStore, Query.Cases<ReadResult<?>> {
  private final Deque<List<CommitResult>> answers = new ArrayDeque<>();
  private final Map<Key, Value> values = new HashMap<>();
  private final Map<Key, NavigableSet<IndexEntry>> indexes = new HashMap<>();
  private final Map<Key, KeyDescription> descriptions = new HashMap<>();
  private final Set<Key> unreadable = new HashSet<>();
  private boolean scanFails;

  /** Every batch that was submitted. */
  public final List<List<Transaction>> commits = new ArrayList<>();

  /** How many batches of reads there were. */
  public int reads;

  /** The answers to the next commit. */
  public FakeStore answer(CommitResult... results) {
    answers.add(List.of(results));
    return this;
  }

  /** What a key holds from now on. */
  public FakeStore put(Key key, Value value) {
    values.put(key, value);
    return this;
  }

  /** What an index holds from now on. */
  public FakeStore put(Key key, IndexEntry... entries) {
    indexes.put(key, new TreeSet<>(List.of(entries)));
    return this;
  }

  /** What a key is described as from now on. */
  public FakeStore describe(Key key, KeyDescription description) {
    descriptions.put(key, description);
    return this;
  }

  /** Reading this key fails from now on. */
  public FakeStore failAt(Key key) {
    unreadable.add(key);
    return this;
  }

  /** Scanning fails from now on. */
  public FakeStore failScans() {
    scanFails = true;
    return this;
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    commits.add(transactions);
    if (answers.isEmpty()) {
      throw new AssertionError("not told what to answer to commit " + commits.size());
    }
    return answers.remove();
  }

  @Override
  @SuppressWarnings("unchecked") // A query's case gives an answer of the query's type.
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    reads++;
    return queries.stream().map(query -> (ReadResult<T>) query.match(this)).toList();
  }

  @Override
  public ReadResult<?> get(Query.Get query) {
    Key key = query.key();
    if (unreadable.contains(key)) {
      return new ReadResult.Unreadable<>("no answer");
    }
    if (indexes.containsKey(key)) {
      return new ReadResult.WrongKind<>(key, Kind.INDEX);
    }
    return values.containsKey(key)
        ? new ReadResult.Found<>(values.get(key))
        : new ReadResult.Absent<>();
  }

  @Override
  public ReadResult<?> range(Query.Range query) {
    if (unreadable.contains(query.index())) {
      return new ReadResult.Unreadable<>("no answer");
    }
    if (values.containsKey(query.index())) {
      return new ReadResult.WrongKind<>(query.index(), Kind.VALUE);
    }
    Stream<IndexEntry> entries =
        indexes
            .getOrDefault(query.index(), Collections.emptyNavigableSet())
            .descendingSet()
            .stream();
    return new ReadResult.Found<>(entries
        .filter(entry -> entry.score() >= query.minScore() && entry.score() <= query.maxScore())
        .skip(query.offset())
        .limit(query.limit())
        .toList());
  }

  @Override
  public ReadResult<?> follow(Query.Follow query) {
    for (Key key : List.of(query.pointer(), query.index())) {
      if (unreadable.contains(key)) {
        return new ReadResult.Unreadable<>("no answer");
      }
    }
    if (indexes.containsKey(query.pointer())) {
      return new ReadResult.WrongKind<>(query.pointer(), Kind.INDEX);
    }
    if (values.containsKey(query.index())) {
      return new ReadResult.WrongKind<>(query.index(), Kind.VALUE);
    }
    Optional<Value> target = Optional.ofNullable(values.get(query.pointer()));
    return new ReadResult.Found<>(new Followed(
        target,
        target.flatMap(
            value -> Optional.ofNullable(values.get(new Key(query.prefix() + value.asUtf8())))),
        Optional.ofNullable(indexes.get(query.index())).map(NavigableSet::last)));
  }

  @Override
  public ReadResult<?> score(Query.Score query) {
    return indexes.getOrDefault(query.index(), Collections.emptyNavigableSet()).stream()
        .filter(entry -> entry.member().equals(query.member()))
        .findFirst()
        .<ReadResult<?>>map(entry -> new ReadResult.Found<>(entry.score()))
        .orElseGet(ReadResult.Absent::new);
  }

  @Override
  public ReadResult<?> describe(Query.Describe query) {
    return new ReadResult.Found<>(descriptions.getOrDefault(
        query.key(), new KeyDescription(Kind.VALUE, OptionalLong.empty())));
  }

  @Override
  public ReadResult<?> inspect(Query.Inspect query) {
    Value value = values.get(query.key());
    return value == null
        ? new ReadResult.Absent<>()
        : new ReadResult.Found<>(new Inspected(
            new KeyDescription(Kind.VALUE, OptionalLong.empty()), Optional.of(value)));
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    if (scanFails) {
      return new ReadResult.Unreadable<>("no answer");
    }
    Map<String, Key> names = new TreeMap<>();
    values.keySet().forEach(key -> names.put(key.name(), key));
    indexes.keySet().forEach(key -> names.put(key.name(), key));
    List<Key> matching =
        names.values().stream().filter(key -> scan.matches(key.name())).toList();
    int at = scan.cursor().map(Integer::parseInt).orElse(0);
    return new ReadResult.Found<>(new ScanPage(
        matching.stream().skip(at).limit(1).toList(),
        at + 1 < matching.size() ? Optional.of(Integer.toString(at + 1)) : Optional.empty()));
  }

  @Override
  public void close() {}
}
