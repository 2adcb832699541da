package io.regionsnap.adapters.inmemory;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the writes of one transaction, one after the other. Returns itself. */
final class Writing implements Write.Cases<Writing> {
  private final Keyspace keyspace;
  private boolean newTop;

  Writing(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public Writing put(Write.Put write) {
    keyspace.put(write.key(), write.value(), OptionalLong.of(write.expiresAtMillis()));
    return this;
  }

  @Override
  public Writing add(Write.Add write) {
    Optional<IndexEntry> top = keyspace.top(write.index());
    boolean member = keyspace.score(write.index(), write.entry().member()).isPresent();
    newTop = !member && (top.isEmpty() || top.get().score() < write.entry().score());
    keyspace.add(write.index(), write.entry());
    return this;
  }

  @Override
  public Writing trim(Write.Trim write) {
    keyspace
        .entries(write.index())
        .ifPresent(entries -> entries
            .top()
            .ifPresent(top -> entries.removeBelow(Numbers.minusSpan(top.score(), write.span()))));
    return this;
  }

  @Override
  public Writing expireWithTop(Write.ExpireWithTop write) {
    keyspace
        .top(write.index())
        .ifPresent(top -> keyspace.expire(write.index(), after(top, write.lifetimeMillis())));
    return this;
  }

  @Override
  public Writing pointAtTop(Write.PointAtTop write) {
    keyspace.top(write.index()).ifPresent(top -> point(write.key(), top, write.lifetimeMillis()));
    return this;
  }

  private void point(Key key, IndexEntry top, long lifetimeMillis) {
    keyspace.put(key, Value.utf8(top.member()), after(top, lifetimeMillis));
  }

  private static OptionalLong after(IndexEntry top, long lifetimeMillis) {
    return OptionalLong.of(Numbers.plus(top.score(), lifetimeMillis));
  }

  @Override
  public Writing delete(Write.Delete write) {
    keyspace.delete(write.key());
    return this;
  }

  @Override
  public Writing remove(Write.Remove write) {
    keyspace.remove(write.index(), write.member());
    return this;
  }

  @Override
  public Writing move(Write.Move write) {
    keyspace.move(write.from(), write.to(), OptionalLong.of(write.expiresAtMillis()));
    return this;
  }

  @Override
  public Writing ifNewTop(Write.IfNewTop write) {
    return newTop ? write.write().match(this) : this;
  }
}
