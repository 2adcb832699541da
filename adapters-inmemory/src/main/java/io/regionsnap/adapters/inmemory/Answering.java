package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Content.Slot;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers one query. */
final class Answering implements Query.Cases<ReadResult<?>> {
  private final Keyspace keyspace;

  Answering(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public ReadResult<?> get(Query.Get query) {
    Optional<Slot> slot = keyspace.find(query.key());
    if (slot.isPresent() && slot.get().kind() != Kind.VALUE) {
      return new ReadResult.WrongKind<Value>(query.key(), slot.get().kind());
    }
    return orAbsent(keyspace.value(query.key()));
  }

  @Override
  public ReadResult<?> range(Query.Range query) {
    if (isWrong(query.index(), Kind.INDEX)) {
      return new ReadResult.WrongKind<>(query.index(), Kind.VALUE);
    }
    return new ReadResult.Found<>(
        keyspace.entries(query.index()).map(entries -> entries.range(query)).orElse(List.of()));
  }

  @Override
  public ReadResult<?> follow(Query.Follow query) {
    if (isWrong(query.pointer(), Kind.VALUE)) {
      return new ReadResult.WrongKind<>(query.pointer(), Kind.INDEX);
    }
    if (isWrong(query.index(), Kind.INDEX)) {
      return new ReadResult.WrongKind<>(query.index(), Kind.VALUE);
    }
    Optional<Value> target = keyspace.value(query.pointer());
    Optional<Value> value = target
        .flatMap(pointer -> named(query.prefix() + pointer.asUtf8()))
        .filter(key -> !isWrong(key, Kind.VALUE))
        .flatMap(keyspace::value);
    return new ReadResult.Found<>(new Followed(target, value, keyspace.top(query.index())));
  }

  /** The key with this name; empty if no key can have it. */
  private static Optional<Key> named(String name) {
    try {
      return Optional.of(new Key(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public ReadResult<?> describe(Query.Describe query) {
    return orAbsent(keyspace
        .find(query.key())
        .map(slot -> new KeyDescription(slot.kind(), slot.expiresAtMillis())));
  }

  @Override
  public ReadResult<?> inspect(Query.Inspect query) {
    return orAbsent(keyspace
        .find(query.key())
        .map(slot -> new Inspected(
            new KeyDescription(slot.kind(), slot.expiresAtMillis()),
            slot.kind() == Kind.VALUE ? keyspace.value(query.key()) : Optional.empty())));
  }

  @Override
  public ReadResult<?> score(Query.Score query) {
    if (isWrong(query.index(), Kind.INDEX)) {
      return new ReadResult.WrongKind<>(query.index(), Kind.VALUE);
    }
    OptionalLong score = keyspace.score(query.index(), query.member());
    return score.isPresent()
        ? new ReadResult.Found<>(score.getAsLong())
        : new ReadResult.Absent<>();
  }

  private boolean isWrong(Key key, Kind needed) {
    return keyspace.find(key).filter(slot -> slot.kind() != needed).isPresent();
  }

  private static <T> ReadResult<T> orAbsent(Optional<T> found) {
    return found.isPresent() ? new ReadResult.Found<>(found.get()) : new ReadResult.Absent<>();
  }
}
