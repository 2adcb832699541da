package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the reads before a transaction of plain commands have told. */
final class Seen {
  private final Map<Read, Reply> replies;
  private final Needs needs;
  private final long clockMillis;

  Seen(Map<Read, Reply> replies, Needs needs, long clockMillis) {
    this.replies = replies;
    this.needs = needs;
    this.clockMillis = clockMillis;
  }

  private Reply reply(Read read) {
    return Objects.requireNonNull(replies.get(read), "not read");
  }

  Optional<Value> value(Key key) {
    return Replies.bytesOrNil(reply(new Read.Bytes(key)));
  }

  /** Whether a key that is moved is there. */
  boolean exists(Key key, Kind kind) {
    return switch (kind) {
      case VALUE -> value(key).isPresent();
      case INDEX -> top(key).isPresent();
      case OTHER -> Replies.kind(reply(new Read.OtherKind(key))).isPresent();
    };
  }

  /** The highest entries, more of them than the transaction changes. */
  List<Ranked> highest(Key index) {
    return Replies.ranked(reply(new Read.Top(index, needs.changes(index) + 1)));
  }

  /** Whether the top of an index was read. */
  boolean knowsTop(Key index) {
    return replies.containsKey(new Read.Top(index, needs.changes(index) + 1));
  }

  Optional<Ranked> top(Key index) {
    return highest(index).stream().findFirst();
  }

  /** Whether it was read if a member is one; the highest were read with their scores. */
  boolean knowsScore(Key index, Value member) {
    return replies.containsKey(new Read.Score(index, member))
        || among(index, member).isPresent();
  }

  private Optional<Ranked> among(Key index, Value member) {
    return knowsTop(index)
        ? highest(index).stream().filter(high -> high.member().equals(member)).findFirst()
        : Optional.empty();
  }

  OptionalDouble score(Key index, Value member) {
    Optional<Ranked> high = among(index, member);
    if (high.isPresent()) {
      return OptionalDouble.of(high.get().score());
    }
    Reply reply = reply(new Read.Score(index, member));
    return reply instanceof Reply.Nil
        ? OptionalDouble.empty()
        : OptionalDouble.of(Replies.score(reply));
  }

  List<Ranked> atScore(Key index, long score) {
    return Replies.ranked(reply(new Read.AtScore(index, score)));
  }

  long clockMillis() {
    return clockMillis;
  }
}
