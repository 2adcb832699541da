package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply.Failure;
import io.regionsnap.redis.dialect.Round.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks what a key holds and when it expires: two commands, to be answered from one instant. A value
 * is told by its bytes, so that only another kind takes a round more. They are asked for by MGET,
 * which answers nothing for another kind, where GET fails: some servers answer a transaction with
 * nothing but an error then.
 */
final class InspectRounds {
  private static final int MOST_CLOCK_READINGS = 20;
  private static final int MOST_CHANGES = 5;

  /** What takes the place of an expiry where there is no key. */
  private static final long NO_KEY = -2;

  private InspectRounds() {}

  /**
   * What to make of an answer about a key, and of when that expires.
   *
   * @param <T> what the result holds
   */
  private interface Decoder<T> {
    /** @param expiry epoch milliseconds; negative if the key does not expire, or exist */
    Step<ReadResult<T>> decode(Reply reply, long expiry);
  }

  /**
   * What is asked about a key beside its expiry.
   *
   * @param command asks it
   */
  private record Question<T>(Key key, Command command, Decoder<T> decoder) {
    Round<ReadResult<T>> round() {
      return new Round<>(
          List.of(command, Command.of("PEXPIRETIME", key)),
          replies -> answered(replies.get(0), replies.get(1)));
    }

    Step<ReadResult<T>> answered(Reply reply, Reply expiry) {
      if (!(expiry instanceof Failure failure)) {
        return decoder.decode(reply, Replies.number(expiry));
      }
      return failure.message().startsWith("ERR unknown command")
          ? before7(MOST_CLOCK_READINGS)
          : QueryRounds.unreadable(failure);
    }

    /**
     * Redis 6.2 has no PEXPIRETIME. The instant is worked out from the time left and the clock,
     * which is exact if the clock showed the same millisecond before and after.
     */
    private Step<ReadResult<T>> before7(int attempts) {
      Command time = Command.of("TIME");
      Command timeLeft = Command.of("PTTL", key);
      return Round.more(List.of(command, time, timeLeft, time), replies -> {
        Optional<Failure> failure = replies.subList(1, 4).stream()
            .filter(Failure.class::isInstance)
            .map(Failure.class::cast)
            .findFirst();
        if (failure.isPresent()) {
          return QueryRounds.unreadable(failure.get());
        }
        long left = Replies.number(replies.get(2));
        long clock = Replies.clock(replies.get(1));
        if (left < 0) {
          return decoder.decode(replies.get(0), left);
        } else if (clock == Replies.clock(replies.get(3))) {
          return decoder.decode(replies.get(0), clock + left);
        }
        return attempts > 1
            ? before7(attempts - 1)
            : QueryRounds.unreadable(
                new Failure("the server's clock ran on while an expiry was worked out"));
      });
    }
  }

  static Round<ReadResult<KeyDescription>> describe(Query.Describe query) {
    return kind(query.key(), InspectRounds::described).round();
  }

  private static <T> Question<T> kind(Key key, Decoder<T> decoder) {
    return new Question<>(key, Command.of("TYPE", key), decoder);
  }

  static Round<ReadResult<Inspected>> inspect(Query.Inspect query) {
    return bytes(query, MOST_CHANGES).round();
  }

  private static Question<Inspected> bytes(Query.Inspect query, int changes) {
    return new Question<>(
        query.key(),
        Command.of("MGET", query.key()),
        (reply, expiry) -> reply instanceof Failure failure
            ? QueryRounds.unreadable(failure)
            : inspected(query, changes, Replies.elements(reply, 1).get(0), expiry));
  }

  /** The same of several keys, whose bytes are asked for by one command. */
  static Round<List<ReadResult<Inspected>>> inspect(List<Query.Inspect> queries) {
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("MGET", queries.stream().map(Query.Inspect::key).toArray()));
    queries.forEach(query -> commands.add(Command.of("PEXPIRETIME", query.key())));
    return new Round<>(commands, replies -> {
      Reply bytes = replies.get(0);
      List<Reply> elements = bytes instanceof Failure
          ? Collections.nCopies(queries.size(), bytes)
          : Replies.elements(bytes, queries.size());
      List<Step<ReadResult<Inspected>>> steps = new ArrayList<>(queries.size());
      for (int i = 0; i < queries.size(); i++) {
        steps.add(answered(queries.get(i), elements.get(i), replies.get(i + 1)));
      }
      return Round.together(steps);
    });
  }

  private static Step<ReadResult<Inspected>> answered(
      Query.Inspect query, Reply bytes, Reply expiry) {
    if (expiry instanceof Failure) {
      return bytes(query, MOST_CHANGES).answered(bytes, expiry);
    }
    return bytes instanceof Failure failure
        ? QueryRounds.unreadable(failure)
        : inspected(query, MOST_CHANGES, bytes, Replies.number(expiry));
  }

  private static Step<ReadResult<KeyDescription>> described(Reply type, long expiry) {
    if (type instanceof Failure failure) {
      return QueryRounds.unreadable(failure);
    }
    return new Round.Done<>(Replies.kind(type)
        .<ReadResult<KeyDescription>>map(kind -> new ReadResult.Found<>(description(kind, expiry)))
        .orElseGet(ReadResult.Absent::new));
  }

  private static KeyDescription description(Kind kind, long expiry) {
    return new KeyDescription(kind, expiry < 0 ? OptionalLong.empty() : OptionalLong.of(expiry));
  }

  private static Step<ReadResult<Inspected>> inspected(
      Query.Inspect query, int changes, Reply element, long expiry) {
    Optional<Value> bytes = Replies.bytesOrNil(element);
    if (bytes.isPresent()) {
      return new Round.Done<>(
          new ReadResult.Found<>(new Inspected(description(Kind.VALUE, expiry), bytes)));
    }
    return expiry == NO_KEY
        ? new Round.Done<>(new ReadResult.Absent<>())
        : otherKind(query, changes);
  }

  /** Whose kind and expiry are asked for together; if it is a value by then, all over again. */
  private static Step<ReadResult<Inspected>> otherKind(Query.Inspect query, int changes) {
    return new Round.More<>(kind(query.key(), (type, expiry) -> {
          if (type instanceof Failure failure) {
            return QueryRounds.unreadable(failure);
          }
          Optional<Kind> kind = Replies.kind(type);
          if (kind.filter(Kind.VALUE::equals).isEmpty()) {
            return new Round.Done<>(kind.<ReadResult<Inspected>>map(other -> new ReadResult.Found<>(
                    new Inspected(description(other, expiry), Optional.empty())))
                .orElseGet(ReadResult.Absent::new));
          }
          return changes > 0
              ? new Round.More<>(bytes(query, changes - 1).round())
              : QueryRounds.unreadable(new Failure(query.key() + " changed again and again"));
        })
        .round());
  }
}
