package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Said.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says writes by commands that come to nothing where a {@link Fence} is gone. No plain command asks
 * a question, but some do nothing where one key is missing, or where another is in the way:
 *
 * <ul>
 *   <li>COPY does nothing if there is nothing to copy. So the <em>stage</em> is copied from the
 *       fence, filled by SET with XX, and copied under each key that gets these bytes with this
 *       expiry. Bytes for several keys travel once.
 *   <li>From it comes the <em>bar</em>, the other way round: a key that exists exactly if the fence
 *       is gone.
 *   <li>SUNIONSTORE deletes what it is to fill if what it reads does not exist; if that is there,
 *       and no set, it fails and changes nothing. So keys are deleted by the union of the bar.
 *   <li>RENAMENX does nothing if its target exists. Changes of an index are made in a
 *       <em>draft</em>, a copy of it, which is renamed into the <em>gate</em>, a copy of the bar;
 *       there the bar's own member is removed, which leaves either the draft or nothing, and that
 *       is renamed into place. The copy takes time in proportion to the index: some microseconds
 *       for hundreds of members, some milliseconds for ten thousands.
 * </ul>
 *
 * <p>While the fence stands, none of these fails, since some servers answer nothing but an error if
 * one of them does. Until it is replaced, each key is as it was: no prefix of the commands shows
 * readers anything that a prefix of the writes does not.
 */
final class FencedWording implements Wording {
  private final Fence fence;
  private final long clockMillis;
  private final Key stage;
  private final Key bar;
  private final Key draft;
  private final Key gate;
  private final List<Said> said = new ArrayList<>();
  private Optional<Staged> staged = Optional.empty();
  private Optional<Key> drafted = Optional.empty();
  private boolean draftIsEmpty;
  private boolean draftEndsSoon;

  /** What the stage holds, if the fence stands. */
  private record Staged(Value value, long expiresAtMillis) {}

  /**
   * A wording.
   *
   * @param clockMillis of the store, not after the fence was put up
   */
  FencedWording(Fence fence, long clockMillis) {
    this.fence = fence;
    this.clockMillis = clockMillis;
    this.stage = fence.scratch("s");
    this.bar = fence.scratch("b");
    this.draft = fence.scratch("d");
    this.gate = fence.scratch("g");
    prepare(Expected.FENCE_STANDS, "COPY", fence.key(), stage);
    prepare(Expected.ONE, "ZADD", bar, 0, fence.id());
    prepare(Expected.ONE, "PEXPIRE", bar, Fence.LIFETIME_MILLIS);
    prepare(Expected.ONE, "COPY", stage, bar, "REPLACE");
    prepare(Expected.ONE, "ZREM", bar, Fence.MEMBER);
  }

  private void prepare(Expected expected, String name, Object... arguments) {
    said.add(new Said(Command.of(name, arguments), Optional.empty(), expected));
  }

  private void write(Key key, Expected expected, String name, Object... arguments) {
    said.add(new Said(Command.of(name, arguments), Optional.of(key), expected));
  }

  /** Whether an instant may have passed while the fence still stands. */
  private boolean isSoon(long instantMillis) {
    return instantMillis < clockMillis + Fence.LIFETIME_MILLIS;
  }

  @Override
  public void put(Key key, Value value, long expiresAtMillis) {
    placeDraft();
    boolean soon = isSoon(expiresAtMillis);
    if (soon) {
      // Should it expire before the commands come, there is nothing that takes the place.
      removeKey(key);
    }
    stage(new Staged(value, expiresAtMillis));
    write(key, soon ? Expected.NUMBER : Expected.ONE, "COPY", stage, key, "REPLACE");
  }

  private void stage(Staged wanted) {
    if (staged.filter(before -> isSoon(before.expiresAtMillis())).isPresent()) {
      prepare(Expected.ONE, "COPY", fence.key(), stage, "REPLACE");
    } else if (staged.equals(Optional.of(wanted))) {
      return;
    }
    prepare(Expected.OK, "SET", stage, wanted.value(), "PXAT", wanted.expiresAtMillis(), "XX");
    staged = Optional.of(wanted);
  }

  private void draft(Key index) {
    if (!drafted.equals(Optional.of(index))) {
      placeDraft();
      prepare(Expected.NUMBER, "COPY", index, draft);
      drafted = Optional.of(index);
      draftIsEmpty = false;
      draftEndsSoon = false;
    }
  }

  @Override
  public void add(Key index, long score, Value member) {
    draft(index);
    prepare(Expected.NUMBER, "ZADD", draft, score, member);
    draftIsEmpty = false;
  }

  @Override
  public void trim(Key index, String lowest) {
    draft(index);
    prepare(Expected.NUMBER, "ZREMRANGEBYSCORE", draft, "-inf", "(" + lowest);
  }

  @Override
  public void remove(Key index, Value member, boolean leavesNothing) {
    draft(index);
    prepare(Expected.NUMBER, "ZREM", draft, member);
    draftIsEmpty = leavesNothing;
  }

  @Override
  public void expire(Key index, long expiresAtMillis) {
    draft(index);
    prepare(Expected.ONE, "PEXPIREAT", draft, expiresAtMillis);
    draftEndsSoon = isSoon(expiresAtMillis);
  }

  /** Puts the draft, if there is one, where the index is. */
  private void placeDraft() {
    drafted.ifPresent(index -> place(index, draftIsEmpty || draftEndsSoon, false));
    drafted = Optional.empty();
  }

  /**
   * Puts the draft under a key, through the gate.
   *
   * @param mayBeGone whether there may be no draft, so that only what does not mind is in order
   * @param ofAnyKind whether it may be something else than an index. The bar's copy is then told
   *     from it by having no expiry
   */
  private void place(Key key, boolean mayBeGone, boolean ofAnyKind) {
    if (mayBeGone) {
      removeKey(key);
    }
    prepare(Expected.ZERO, "COPY", bar, gate);
    if (ofAnyKind) {
      prepare(Expected.ZERO, "PERSIST", gate);
    }
    if (mayBeGone) {
      prepare(Expected.NUMBER, "COPY", draft, gate);
    } else {
      prepare(Expected.ONE, "RENAMENX", draft, gate);
    }
    if (ofAnyKind) {
      prepare(Expected.ZERO, "PEXPIREAT", gate, 1, "NX");
    } else {
      prepare(Expected.ZERO, "ZREM", gate, fence.id());
    }
    if (mayBeGone) {
      write(key, Expected.NUMBER, "COPY", gate, key, "REPLACE");
      prepare(Expected.NUMBER, "DEL", draft, gate);
    } else {
      write(key, Expected.OK, "RENAME", gate, key);
    }
  }

  @Override
  public void delete(Key key) {
    placeDraft();
    removeKey(key);
  }

  private void removeKey(Key key) {
    write(key, Expected.ZERO, "SUNIONSTORE", key, bar);
  }

  @Override
  public void move(Key from, Key to, long expiresAtMillis) {
    placeDraft();
    prepare(Expected.ONE, "COPY", from, draft);
    prepare(Expected.ONE, "PEXPIREAT", draft, expiresAtMillis);
    place(to, isSoon(expiresAtMillis), true);
    removeKey(from);
  }

  @Override
  public List<Said> said() {
    placeDraft();
    if (said.stream().allMatch(each -> each.writes().isEmpty())) {
      // There was nothing to write; only the fence is left.
      said.clear();
    }
    prepare(Expected.NUMBER, "DEL", fence.key(), stage, bar, draft, gate);
    return List.copyOf(said);
  }
}
