package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Turns writes into plain commands. What depends on an index's top is worked out from what was
 * read, so the commands are right only as long as nobody has changed the keys since. Used once, by
 * one thread.
 */
final class PlainWrites implements Write.Cases<PlainWrites> {
  private final Seen seen;
  private final Needs needs;
  private final Optional<Fence> fence;
  private final Map<Key, IndexModel> indexes = new HashMap<>();
  private final List<Command> commands = new ArrayList<>();
  private boolean newTop;

  PlainWrites(Seen seen, Needs needs, Optional<Fence> fence) {
    this.seen = seen;
    this.needs = needs;
    this.fence = fence;
  }

  List<Command> commands() {
    List<Command> all = new ArrayList<>(commands);
    fence.ifPresent(raised -> all.add(raised.lower()));
    return all;
  }

  private IndexModel model(Key index) {
    return indexes.computeIfAbsent(index, key -> new IndexModel(seen.highest(key)));
  }

  private PlainWrites write(List<Command> several) {
    commands.addAll(several);
    return this;
  }

  private PlainWrites write(String name, Object... arguments) {
    commands.add(Command.of(name, arguments));
    return this;
  }

  @Override
  public PlainWrites put(Write.Put write) {
    return write("SET", write.key(), write.value(), "PXAT", Expiry.of(write.expiresAtMillis()));
  }

  @Override
  public PlainWrites add(Write.Add write) {
    Key index = write.index();
    Value member = Value.utf8(write.entry().member());
    long score = write.entry().score();
    if (needs.reads(index)) {
      IndexModel model = model(index);
      if (needs.asksForNewTop()) {
        OptionalDouble before = seen.score(index, member);
        boolean isMember = before.isPresent() && model.keeps(before.getAsDouble());
        newTop = !isMember && model.top().filter(top -> top.score() >= score).isEmpty();
      }
      model.add(new Ranked(member, score));
    }
    return write("ZADD", index, score, member);
  }

  @Override
  public PlainWrites trim(Write.Trim write) {
    IndexModel model = model(write.index());
    return model
        .top()
        .map(top -> {
          double lowest = top.score() - Expiry.within(write.span());
          model.trimBelow(lowest);
          return write("ZREMRANGEBYSCORE", write.index(), "-inf", "(" + format(lowest));
        })
        .orElse(this);
  }

  private static String format(double score) {
    if (Double.isInfinite(score)) {
      return score > 0 ? "inf" : "-inf";
    }
    return score == Math.rint(score) ? Long.toString((long) score) : Double.toString(score);
  }

  @Override
  public PlainWrites expireWithTop(Write.ExpireWithTop write) {
    return model(write.index())
        .top()
        .map(top -> expire(write.index(), Expiry.after(top.score(), write.lifetimeMillis())))
        .orElse(this);
  }

  private PlainWrites expire(Key index, long expiry) {
    return fence.isPresent()
        ? write(fence.get().expire(index, expiry, seen.expiry(index)))
        : write("PEXPIREAT", index, expiry);
  }

  private PlainWrites point(Key pointer, Value member, long expiry) {
    return fence.isPresent()
        ? write(fence.get().point(pointer, member, expiry))
        : write("SET", pointer, member, "PXAT", expiry);
  }

  @Override
  public PlainWrites pointAtTop(Write.PointAtTop write) {
    return model(write.index())
        .top()
        .map(top ->
            point(write.key(), top.member(), Expiry.after(top.score(), write.lifetimeMillis())))
        .orElse(this);
  }

  @Override
  public PlainWrites delete(Write.Delete write) {
    return fence.isPresent() ? write(fence.get().remove(write.key())) : write("DEL", write.key());
  }

  @Override
  public PlainWrites remove(Write.Remove write) {
    Value member = Value.utf8(write.member());
    if (needs.reads(write.index())) {
      model(write.index()).remove(member);
    }
    return write("ZREM", write.index(), member);
  }

  @Override
  public PlainWrites move(Write.Move write) {
    indexes.put(write.from(), new IndexModel(List.of()));
    return seen.exists(write.from(), write.kind())
        ? write("RENAME", write.from(), write.to())
            .write("PEXPIREAT", write.to(), Expiry.of(write.expiresAtMillis()))
        : this;
  }

  @Override
  public PlainWrites ifNewTop(Write.IfNewTop write) {
    return newTop ? write.write().match(this) : this;
  }
}
