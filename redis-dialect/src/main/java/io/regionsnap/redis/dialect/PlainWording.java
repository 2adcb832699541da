package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Said.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says writes as they are: for commands that nobody can come between, or before. */
final class PlainWording implements Wording {
  private final List<Said> said = new ArrayList<>();

  private void say(Key writes, String name, Object... arguments) {
    said.add(new Said(Command.of(name, arguments), Optional.of(writes), Expected.RESULT));
  }

  @Override
  public void put(Key key, Value value, long expiresAtMillis) {
    say(key, "SET", key, value, "PXAT", expiresAtMillis);
  }

  @Override
  public void add(Key index, long score, Value member) {
    say(index, "ZADD", index, score, member);
  }

  @Override
  public void trim(Key index, String lowest) {
    say(index, "ZREMRANGEBYSCORE", index, "-inf", "(" + lowest);
  }

  @Override
  public void remove(Key index, Value member, boolean leavesNothing) {
    say(index, "ZREM", index, member);
  }

  @Override
  public void expire(Key index, long expiresAtMillis) {
    say(index, "PEXPIREAT", index, expiresAtMillis);
  }

  @Override
  public void delete(Key key) {
    say(key, "DEL", key);
  }

  @Override
  public void move(Key from, Key to, long expiresAtMillis) {
    say(from, "RENAME", from, to);
    say(to, "PEXPIREAT", to, expiresAtMillis);
  }

  @Override
  public List<Said> said() {
    return List.copyOf(said);
  }
}
