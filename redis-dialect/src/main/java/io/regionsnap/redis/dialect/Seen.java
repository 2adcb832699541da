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

  OptionalDouble score(Key index, Value member) {
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
