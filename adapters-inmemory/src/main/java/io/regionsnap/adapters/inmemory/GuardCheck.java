package io.regionsnap.adapters.inmemory;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Value;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What stands against a guard; empty if it holds. Kinds were checked before. */
final class GuardCheck implements Guard.Cases<Optional<Observation>> {
  private static final Optional<Observation> HOLDS = Optional.empty();

  private final Keyspace keyspace;

  GuardCheck(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public Optional<Observation> absent(Guard.Absent guard) {
    return keyspace.value(guard.key()).map(Observation.Held::of);
  }

  @Override
  public Optional<Observation> equal(Guard.Equal guard) {
    return present(guard.key(), guard.expected()::equals);
  }

  @Override
  public Optional<Observation> absentOrEqual(Guard.AbsentOrEqual guard) {
    return keyspace
        .value(guard.key())
        .filter(held -> !held.equals(guard.expected()))
        .map(Observation.Held::of);
  }

  @Override
  public Optional<Observation> absentOrMember(Guard.AbsentOrMember guard) {
    return keyspace
        .value(guard.key())
        .filter(held -> !isMember(guard.index(), held))
        .map(Observation.Held::of);
  }

  private boolean isMember(Key index, Value held) {
    String name = held.asUtf8();
    // Bytes that are no UTF-8 read as some name, but are not that name.
    return Value.utf8(name).equals(held) && keyspace.score(index, name).isPresent();
  }

  @Override
  public Optional<Observation> atTop(Guard.AtTop guard) {
    Optional<Value> top = keyspace.top(guard.index()).map(entry -> Value.utf8(entry.member()));
    return present(guard.key(), held -> top.isPresent() && top.get().equals(held));
  }

  private Optional<Observation> present(Key key, Predicate<Value> condition) {
    Optional<Value> held = keyspace.value(key);
    if (held.isEmpty()) {
      return Optional.of(new Observation.Nothing());
    }
    return held.filter(condition.negate()).map(Observation.Held::of);
  }

  @Override
  public Optional<Observation> contains(Guard.Contains guard) {
    IndexEntry entry = guard.entry();
    OptionalLong score = keyspace.score(guard.index(), entry.member());
    if (score.isEmpty()) {
      return Optional.of(new Observation.Nothing());
    }
    return score.getAsLong() == entry.score() ? HOLDS : at(entry.member(), score.getAsLong());
  }

  @Override
  public Optional<Observation> admits(Guard.Admits guard) {
    IndexEntry entry = guard.entry();
    OptionalLong score = keyspace.score(guard.index(), entry.member());
    if (score.isPresent() && score.getAsLong() != entry.score()) {
      return at(entry.member(), score.getAsLong());
    }
    return keyspace
        .entries(guard.index())
        .flatMap(entries -> entries.other(entry))
        .map(Observation.Entry::new);
  }

  private static Optional<Observation> at(String member, long score) {
    return Optional.of(new Observation.Entry(new IndexEntry(member, score)));
  }

  @Override
  public Optional<Observation> withinSpan(Guard.WithinSpan guard) {
    return keyspace
        .top(guard.index())
        .filter(top -> Numbers.minusSpan(top.score(), guard.span()) > guard.score())
        .map(Observation.Entry::new);
  }

  @Override
  public Optional<Observation> storeClockBefore(Guard.StoreClockBefore guard) {
    long now = keyspace.nowMillis();
    return now < guard.instantMillis() ? HOLDS : Optional.of(new Observation.Clock(now));
  }

  @Override
  public Optional<Observation> notAll(Guard.NotAll guard) {
    boolean all = guard.guards().stream().allMatch(inner -> inner.match(this).isEmpty());
    return all ? Optional.of(new Observation.Nothing()) : HOLDS;
  }
}
