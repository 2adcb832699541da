package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Write;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The commands that the script of a transaction takes for its writes, and the keys that it uses
 * them for. Made by one thread.
 */
final class WriteCommands implements Write.Cases<WriteCommands> {
  private final Optional<StagedBody> staged;
  private final Set<Needed> needed = new LinkedHashSet<>();

  /**
   * A command that must be permitted.
   *
   * @param command in capital letters
   * @param keys one, or two
   */
  record Needed(String command, List<Key> keys) {}

  private WriteCommands(Optional<StagedBody> staged) {
    this.staged = staged;
  }

  /** Of a transaction, of which one value may be staged. */
  static Collection<Needed> of(Transaction transaction, Optional<StagedBody> staged) {
    WriteCommands commands = new WriteCommands(staged);
    transaction.writes().forEach(write -> write.match(commands));
    return commands.needed;
  }

  private WriteCommands need(String command, Key... keys) {
    needed.add(new Needed(command, List.of(keys)));
    return this;
  }

  @Override
  public WriteCommands put(Write.Put write) {
    StagedBody body = staged.filter(any -> any.holds(write.value())).orElse(null);
    if (body == null) {
      return need("SET", write.key());
    } else if (body.isTakenBy(write)) {
      need("RENAME", body.key(), write.key());
    } else {
      need("COPY", body.first().key(), write.key());
    }
    return need("PEXPIREAT", write.key());
  }

  @Override
  public WriteCommands add(Write.Add write) {
    return need("ZADD", write.index())
        .need("ZSCORE", write.index())
        .need("ZREVRANGE", write.index());
  }

  @Override
  public WriteCommands trim(Write.Trim write) {
    return need("ZREVRANGE", write.index()).need("ZREMRANGEBYSCORE", write.index());
  }

  @Override
  public WriteCommands expireWithTop(Write.ExpireWithTop write) {
    return need("ZREVRANGE", write.index()).need("PEXPIREAT", write.index());
  }

  @Override
  public WriteCommands pointAtTop(Write.PointAtTop write) {
    return need("ZREVRANGE", write.index()).need("SET", write.key());
  }

  @Override
  public WriteCommands delete(Write.Delete write) {
    return need("DEL", write.key());
  }

  @Override
  public WriteCommands remove(Write.Remove write) {
    return need("ZREM", write.index());
  }

  @Override
  public WriteCommands move(Write.Move write) {
    return need("EXISTS", write.from())
        .need("RENAME", write.from(), write.to())
        .need("PEXPIREAT", write.to());
  }

  @Override
  public WriteCommands ifNewTop(Write.IfNewTop write) {
    return write.write().match(this);
  }
}
