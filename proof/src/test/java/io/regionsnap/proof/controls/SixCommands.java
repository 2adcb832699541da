package io.regionsnap.proof.controls;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that the pipeline of old sends for a snapshot, made from the transaction that
 * persists it: the views, the index and its trimming, the pointer, the live key; and apart from
 * them the claim.
 */
final class SixCommands implements Write.Cases<SixCommands> {
  private final List<List<Object>> commands = new ArrayList<>();
  private IndexEntry own = new IndexEntry("none", 0);
  private Write.Put claim;

  SixCommands(Transaction transaction) {
    List<Write> writes = transaction.writes();
    this.claim = (Write.Put) writes.get(writes.size() - 1);
    writes.subList(0, writes.size() - 1).forEach(write -> write.match(this));
  }

  /** In order; each a name and its arguments. */
  List<List<Object>> commands() {
    return commands;
  }

  Write.Put claim() {
    return claim;
  }

  private SixCommands command(Object... parts) {
    commands.add(List.of(parts));
    return this;
  }

  private SixCommands set(Key key, Object value, long expiresAtMillis) {
    return command("SET", key, value, "PXAT", expiresAtMillis);
  }

  @Override
  public SixCommands put(Write.Put write) {
    return set(write.key(), write.value().toByteArray(), write.expiresAtMillis());
  }

  @Override
  public SixCommands add(Write.Add write) {
    own = write.entry();
    return command("ZADD", write.index(), own.score(), own.member());
  }

  @Override
  public SixCommands trim(Write.Trim write) {
    return command("ZREMRANGEBYSCORE", write.index(), "-inf", "(" + (own.score() - write.span()));
  }

  @Override
  public SixCommands expireWithTop(Write.ExpireWithTop write) {
    return command("PEXPIREAT", write.index(), own.score() + write.lifetimeMillis());
  }

  @Override
  public SixCommands pointAtTop(Write.PointAtTop write) {
    return set(write.key(), own.member(), own.score() + write.lifetimeMillis());
  }

  @Override
  public SixCommands delete(Write.Delete write) {
    return command("DEL", write.key());
  }

  @Override
  public SixCommands remove(Write.Remove write) {
    throw new UnsupportedOperationException("the pipeline of old removed nothing");
  }

  @Override
  public SixCommands move(Write.Move write) {
    throw new UnsupportedOperationException("the pipeline of old moved nothing");
  }

  @Override
  public SixCommands ifNewTop(Write.IfNewTop write) {
    return write.write().match(this);
  }
}
