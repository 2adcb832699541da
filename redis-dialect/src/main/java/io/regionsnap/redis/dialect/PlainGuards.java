package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Value;
import java.util.Optional;
import java.util.OptionalDouble;

/** What stands against a guard, judged from what was read; empty if it holds. */
final class PlainGuards implements Guard.Cases<Optional<Observation>> {
  private final Seen seen;

  PlainGuards(Seen seen) {
    this.seen = seen;
  }

  private static Optional<Observation> unless(boolean holds, Observation observed) {
    return holds ? Optional.empty() : Optional.of(observed);
  }

  @Override
  public Optional<Observation> absent(Guard.Absent guard) {
    return seen.value(guard.key()).map(Observation.Held::of);
  }

  @Override
  public Optional<Observation> equal(Guard.Equal guard) {
    Optional<Value> held = seen.value(guard.key());
    return held.isEmpty()
        ? Optional.of(new Observation.Nothing())
        : unless(held.get().equals(guard.expected()), Observation.Held.of(held.get()));
  }

  @Override
  public Optional<Observation> absentOrEqual(Guard.AbsentOrEqual guard) {
    return seen.value(guard.key())
        .filter(held -> !held.equals(guard.expected()))
        .map(Observation.Held::of);
  }

  @Override
  public Optional<Observation> absentOrMember(Guard.AbsentOrMember guard) {
    return seen.value(guard.key())
        .filter(held -> seen.score(guard.index(), held).isEmpty())
        .map(Observation.Held::of);
  }

  @Override
  public Optional<Observation> atTop(Guard.AtTop guard) {
    Optional<Value> held = seen.value(guard.key());
    Optional<Value> top = seen.top(guard.index()).map(Ranked::member);
    return held.isEmpty()
        ? Optional.of(new Observation.Nothing())
        : unless(held.equals(top), Observation.Held.of(held.get()));
  }

  private OptionalDouble score(io.regionsnap.ports.Key index, IndexEntry entry) {
    return seen.score(index, Value.utf8(entry.member()));
  }

  @Override
  public Optional<Observation> contains(Guard.Contains guard) {
    OptionalDouble score = score(guard.index(), guard.entry());
    return score.isEmpty()
        ? Optional.of(new Observation.Nothing())
        : unless(score.getAsDouble() == guard.entry().score(), at(guard.entry(), score));
  }

  private static Observation at(IndexEntry entry, OptionalDouble score) {
    return new Observation.Entry(
        new IndexEntry(entry.member(), Replies.whole(score.getAsDouble())));
  }

  @Override
  public Optional<Observation> admits(Guard.Admits guard) {
    OptionalDouble score = score(guard.index(), guard.entry());
    if (score.isPresent() && score.getAsDouble() != guard.entry().score()) {
      return Optional.of(at(guard.entry(), score));
    }
    Value member = Value.utf8(guard.entry().member());
    return seen.atScore(guard.index(), guard.entry().score()).stream()
        .filter(other -> !other.member().equals(member))
        .<Observation>map(other -> new Observation.Entry(other.entry()))
        .findFirst();
  }

  @Override
  public Optional<Observation> withinSpan(Guard.WithinSpan guard) {
    return seen.top(guard.index())
        .filter(top -> top.score() - guard.span() > guard.score())
        .map(top -> new Observation.Entry(top.entry()));
  }

  @Override
  public Optional<Observation> storeClockBefore(Guard.StoreClockBefore guard) {
    return unless(
        seen.clockMillis() < guard.instantMillis(), new Observation.Clock(seen.clockMillis()));
  }

  @Override
  public Optional<Observation> notAll(Guard.NotAll guard) {
    boolean all = guard.guards().stream().allMatch(inner -> inner.match(this).isEmpty());
    return unless(!all, new Observation.Nothing());
  }
}
