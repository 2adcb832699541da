package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Turns writes into plain commands, in the words of a {@link Wording}. What depends on an index's
 * top is worked out from what was read, so the commands are right only as long as nobody has
 * changed the keys since. Used once, by one thread.
 */
final class PlainWrites implements Write.Cases<PlainWrites> {
  private final Seen seen;
  private final Needs needs;
  private final Wording wording;
  private final Map<Key, IndexModel> indexes = new HashMap<>();
  private boolean newTop;

  PlainWrites(Seen seen, Needs needs, Wording wording) {
    this.seen = seen;
    this.needs = needs;
    this.wording = wording;
  }

  /** What all writes come to. */
  List<Said> said() {
    return wording.said();
  }

  private boolean knowsTop(Key index) {
    return indexes.containsKey(index) || seen.knowsTop(index);
  }

  private IndexModel model(Key index) {
    return indexes.computeIfAbsent(index, key -> new IndexModel(seen.highest(key)));
  }

  @Override
  public PlainWrites put(Write.Put write) {
    wording.put(write.key(), write.value(), Expiry.of(write.expiresAtMillis()));
    return this;
  }

  @Override
  public PlainWrites add(Write.Add write) {
    Key index = write.index();
    Value member = Value.utf8(write.entry().member());
    long score = write.entry().score();
    if (knowsTop(index)) {
      IndexModel model = model(index);
      if (needs.asksForNewTop()) {
        OptionalDouble before = seen.score(index, member);
        boolean isMember = before.isPresent() && model.keeps(before.getAsDouble());
        newTop = !isMember && model.top().filter(top -> top.score() >= score).isEmpty();
      }
      model.add(new Ranked(member, score));
    }
    wording.add(index, score, member);
    return this;
  }

  @Override
  public PlainWrites trim(Write.Trim write) {
    IndexModel model = model(write.index());
    model.top().ifPresent(top -> {
      double lowest = top.score() - Expiry.within(write.span());
      model.trimBelow(lowest);
      wording.trim(write.index(), format(lowest));
    });
    return this;
  }

  private static String format(double score) {
    if (Double.isInfinite(score)) {
      return score > 0 ? "inf" : "-inf";
    }
    return score == Math.rint(score) ? Long.toString((long) score) : Double.toString(score);
  }

  @Override
  public PlainWrites expireWithTop(Write.ExpireWithTop write) {
    model(write.index())
        .top()
        .ifPresent(top ->
            wording.expire(write.index(), Expiry.after(top.score(), write.lifetimeMillis())));
    return this;
  }

  @Override
  public PlainWrites pointAtTop(Write.PointAtTop write) {
    model(write.index())
        .top()
        .ifPresent(top -> wording.put(
            write.key(), top.member(), Expiry.after(top.score(), write.lifetimeMillis())));
    return this;
  }

  @Override
  public PlainWrites delete(Write.Delete write) {
    wording.delete(write.key());
    return this;
  }

  @Override
  public PlainWrites remove(Write.Remove write) {
    Value member = Value.utf8(write.member());
    boolean leavesNothing = false;
    if (knowsTop(write.index())) {
      IndexModel model = model(write.index());
      model.remove(member);
      leavesNothing = model.top().isEmpty();
    }
    wording.remove(write.index(), member, leavesNothing);
    return this;
  }

  @Override
  public PlainWrites move(Write.Move write) {
    indexes.put(write.from(), new IndexModel(List.of()));
    if (seen.exists(write.from(), write.kind())) {
      wording.move(write.from(), write.to(), Expiry.of(write.expiresAtMillis()));
    }
    return this;
  }

  @Override
  public PlainWrites ifNewTop(Write.IfNewTop write) {
    return newTop ? write.write().match(this) : this;
  }
}
