package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Content.Slot;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a transaction, a query and a scan mean, in one place for both stores.
 *
 * <p>Not thread-safe: the store sees to it that whoever writes is alone.
 */
final class Engine {
  /** How many expired keys one commit removes at most, so that none takes long. */
  private static final int PURGE_LIMIT = 1_000;

  private final UndoLog places;
  private final Function<Throwable, StoreRefusal> refusal;

  /** @param refusal what to say when the map, or the machine, throws */
  Engine(PlaceMap places, Function<Throwable, StoreRefusal> refusal) {
    this.places = new UndoLog(places);
    this.refusal = refusal;
  }

  /** Applies a transaction wholly or leaves everything as it was. */
  CommitResult apply(Transaction transaction, long nowMillis) {
    places.begin();
    try {
      return attempt(transaction, new Keyspace(places, nowMillis));
    } catch (RuntimeException | Error e) {
      places.undo();
      return new CommitResult.NotApplied(refusal.apply(e));
    }
  }

  private static CommitResult attempt(Transaction transaction, Keyspace keyspace) {
    for (Map.Entry<Key, Kind> needed : transaction.kinds().entrySet()) {
      Optional<Kind> found = keyspace.find(needed.getKey()).map(Slot::kind);
      if (found.isPresent() && found.get() != needed.getValue()) {
        return new CommitResult.NotApplied(
            new StoreRefusal.WrongKind(needed.getKey(), found.get()));
      }
    }
    GuardCheck check = new GuardCheck(keyspace);
    List<Guard> guards = transaction.guards();
    for (int i = 0; i < guards.size(); i++) {
      Optional<Observation> against = guards.get(i).match(check);
      if (against.isPresent()) {
        return new CommitResult.GuardFailed(i, against.get());
      }
    }
    Writing writing = new Writing(keyspace);
    for (Write write : transaction.writes()) {
      writing = write.match(writing);
    }
    return new CommitResult.Applied();
  }

  /** Removes keys that have expired; if that fails they stay, which nobody sees. */
  void purge(long nowMillis) {
    places.begin();
    try {
      new Keyspace(places, nowMillis).purge(PURGE_LIMIT);
    } catch (RuntimeException | Error e) {
      places.undo();
    }
  }

  <T> List<ReadResult<T>> answer(List<? extends Query<T>> queries, long nowMillis) {
    Answering answering = new Answering(new Keyspace(places, nowMillis));
    List<ReadResult<T>> answers = new ArrayList<>(queries.size());
    for (Query<T> query : queries) {
      answers.add(answer(query, answering));
    }
    return List.copyOf(answers);
  }

  // Each query is answered with what it asks for; a function over queries cannot say so in types.
  @SuppressWarnings("unchecked")
  private <T> ReadResult<T> answer(Query<T> query, Answering answering) {
    try {
      return (ReadResult<T>) query.match(answering);
    } catch (RuntimeException | Error e) {
      return new ReadResult.Unreadable<>(message(e));
    }
  }

  /** The cursor of a page is the last name that was looked at. */
  ReadResult<ScanPage> scan(Scan scan, long nowMillis) {
    try {
      return new ReadResult.Found<>(page(scan, new Keyspace(places, nowMillis)));
    } catch (RuntimeException | Error e) {
      return new ReadResult.Unreadable<>(message(e));
    }
  }

  private static ScanPage page(Scan scan, Keyspace keyspace) {
    // The smallest name after the cursor is the cursor with the lowest character appended.
    Iterator<Place> names =
        keyspace.names(scan.cursor().map(last -> last + '\0').orElse(scan.prefix()));
    List<Key> keys = new ArrayList<>();
    String last = "";
    for (int seen = 0; seen < scan.sizeHint() && names.hasNext(); seen++) {
      last = names.next().name();
      if (!last.startsWith(scan.prefix())) {
        return new ScanPage(keys, Optional.empty());
      }
      if (scan.matches(last) && keyspace.find(new Key(last)).isPresent()) {
        keys.add(new Key(last));
      }
    }
    return new ScanPage(keys, names.hasNext() ? Optional.of(last) : Optional.empty());
  }

  private String message(Throwable e) {
    return Trouble.message(refusal.apply(e));
  }
}
