package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Followed;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.Query.Order;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply.Failure;
import io.regionsnap.redis.dialect.Round.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Says queries to a server.
 *
 * <p>{@link Query.Get}, {@link Query.Range} and, by script, {@link Query.Follow} take one command
 * and so are answered from one instant. {@link Query.Describe} takes two, which the adapter sends
 * in one MULTI. Without scripts, Follow takes two rounds, which the port allows.
 */
public final class QueryRounds implements Query.Cases<Round<? extends ReadResult<?>>> {
  private final boolean scripts;

  /**
   * A speaker.
   *
   * @param scripts whether the server runs scripts for this user
   */
  public QueryRounds(boolean scripts) {
    this.scripts = scripts;
  }

  /**
   * The first round of several queries side by side. Pointers to follow, if there is nothing else
   * among them, make one script call, where scripts run; on a cluster all their keys must share a
   * slot.
   *
   * @param queries what to ask
   * @param <T> what the answers hold
   * @return the round; one answer each, in order
   */
  // The answers are those of the queries; a list of queries of one class cannot say so in types.
  @SuppressWarnings("unchecked")
  public <T> Round<List<ReadResult<T>>> firstRound(List<Query<T>> queries) {
    if (scripts
        && !queries.isEmpty()
        && queries.stream().allMatch(Query.Follow.class::isInstance)) {
      return (Round<List<ReadResult<T>>>) (Round<?>)
          followByScript(queries.stream().map(Query.Follow.class::cast).toList());
    }
    return Round.all(queries.stream().map(this::firstRound).toList());
  }

  /**
   * The first round of a query.
   *
   * @param query what to ask
   * @param <T> what the answer holds
   * @return the round
   */
  // Each query is answered with what it asks for; a function over queries cannot say so in types.
  @SuppressWarnings("unchecked")
  public <T> Round<ReadResult<T>> firstRound(Query<T> query) {
    return (Round<ReadResult<T>>) query.match(this);
  }

  @Override
  public Round<ReadResult<Value>> get(Query.Get query) {
    return one(
        Command.of("GET", query.key()),
        query.key(),
        reply -> new Round.Done<>(Replies.bytesOrNil(reply)
            .<ReadResult<Value>>map(ReadResult.Found::new)
            .orElseGet(ReadResult.Absent::new)));
  }

  @Override
  public Round<ReadResult<List<IndexEntry>>> range(Query.Range query) {
    boolean up = query.order() == Order.LOWEST_FIRST;
    Command command = Command.of(
        up ? "ZRANGEBYSCORE" : "ZREVRANGEBYSCORE",
        query.index(),
        up ? query.minScore() : query.maxScore(),
        up ? query.maxScore() : query.minScore(),
        "WITHSCORES",
        "LIMIT",
        query.offset(),
        query.limit());
    return one(
        command,
        query.index(),
        reply -> new Round.Done<>(new ReadResult.Found<>(
            Replies.ranked(reply).stream().map(Ranked::entry).toList())));
  }

  @Override
  public Round<ReadResult<KeyDescription>> describe(Query.Describe query) {
    Command type = Command.of("TYPE", query.key());
    List<Command> commands = List.of(type, Command.of("PEXPIRETIME", query.key()));
    return new Round<>(commands, replies -> {
      Optional<Failure> failure = failure(replies);
      if (failure.filter(QueryRounds::isUnknownCommand).isPresent()) {
        return describeBefore7(query, type);
      } else if (failure.isPresent()) {
        return unreadable(failure.get());
      }
      return described(replies.get(0), Replies.number(replies.get(1)));
    });
  }

  /** Redis 6.2 has no PEXPIRETIME; the instant is worked out, exact to a millisecond or two. */
  private static Step<ReadResult<KeyDescription>> describeBefore7(
      Query.Describe query, Command type) {
    List<Command> commands = List.of(type, Command.of("PTTL", query.key()), Command.of("TIME"));
    return Round.more(commands, replies -> {
      Optional<Failure> failure = failure(replies);
      if (failure.isPresent()) {
        return unreadable(failure.get());
      }
      long left = Replies.number(replies.get(1));
      long expiry = left < 0 ? left : Replies.clock(replies.get(2)) + left;
      return described(replies.get(0), expiry);
    });
  }

  private static Optional<Failure> failure(List<Reply> replies) {
    return replies.stream()
        .filter(Failure.class::isInstance)
        .map(Failure.class::cast)
        .findFirst();
  }

  private static boolean isUnknownCommand(Failure failure) {
    return failure.message().startsWith("ERR unknown command");
  }

  private static Step<ReadResult<KeyDescription>> described(Reply type, long expiry) {
    OptionalLong expires = expiry < 0 ? OptionalLong.empty() : OptionalLong.of(expiry);
    return new Round.Done<>(Replies.kind(type)
        .<ReadResult<KeyDescription>>map(
            kind -> new ReadResult.Found<>(new KeyDescription(kind, expires)))
        .orElseGet(ReadResult.Absent::new));
  }

  @Override
  public Round<ReadResult<Followed>> follow(Query.Follow query) {
    return scripts
        ? followByScript(List.of(query)).map(answers -> answers.get(0))
        : followByTwoRounds(query);
  }

  private static Round<List<ReadResult<Followed>>> followByScript(List<Query.Follow> queries) {
    List<Key> keys = new ArrayList<>();
    List<Value> prefixes = new ArrayList<>();
    for (Query.Follow query : queries) {
      keys.add(query.pointer());
      keys.add(query.index());
      prefixes.add(Value.utf8(query.prefix()));
    }
    return Script.FOLLOW.round(keys, prefixes, reply -> followed(queries, reply));
  }

  private static Step<List<ReadResult<Followed>>> followed(
      List<Query.Follow> queries, Reply reply) {
    if (reply instanceof Failure failure) {
      return ErrorReply.of(failure.message()) == ErrorReply.SCRIPTS_REFUSED
          ? new Round.More<>(followByTwoRounds(queries))
          : new Round.Done<>(
              Collections.nCopies(queries.size(), new ReadResult.Unreadable<>(failure.message())));
    }
    List<Reply> answers = Replies.elements(reply, queries.size());
    List<ReadResult<Followed>> results = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      results.add(followed(queries.get(i), answers.get(i)));
    }
    return new Round.Done<>(List.copyOf(results));
  }

  private static ReadResult<Followed> followed(Query.Follow query, Reply reply) {
    if (reply instanceof Failure failure) {
      return new ReadResult.Unreadable<>(failure.message());
    }
    List<Reply> parts = Replies.elements(reply);
    String word = parts.isEmpty() ? "" : Replies.text(parts.get(0));
    if (word.equals("followed") && parts.size() == 4) {
      return new ReadResult.Found<>(new Followed(
          Replies.bytesOrNil(parts.get(1)),
          Replies.bytesOrNil(parts.get(2)),
          Replies.ranked(parts.get(3)).stream().map(Ranked::entry).findFirst()));
    } else if (word.equals("kind") && parts.size() == 3) {
      Key key = Replies.number(parts.get(1)) == 0 ? query.pointer() : query.index();
      return new ReadResult.WrongKind<>(key, Replies.kind(parts.get(2)).orElse(Kind.OTHER));
    }
    throw new UnexpectedReplyException("an answer of the script", reply);
  }

  private static Round<List<ReadResult<Followed>>> followByTwoRounds(List<Query.Follow> queries) {
    return Round.all(queries.stream().map(QueryRounds::followByTwoRounds).toList());
  }

  private static Round<ReadResult<Followed>> followByTwoRounds(Query.Follow query) {
    List<Command> commands = List.of(
        Command.of("GET", query.pointer()),
        Command.of("ZREVRANGE", query.index(), 0, 0, "WITHSCORES"));
    return new Round<>(commands, replies -> {
      List<Key> keys = List.of(query.pointer(), query.index());
      for (int i = 0; i < keys.size(); i++) {
        if (replies.get(i) instanceof Failure failure) {
          return failed(keys.get(i), failure);
        }
      }
      Optional<Value> target = Replies.bytesOrNil(replies.get(0));
      Optional<IndexEntry> top =
          Replies.ranked(replies.get(1)).stream().map(Ranked::entry).findFirst();
      if (target.isEmpty()) {
        return found(new Followed(target, Optional.empty(), top));
      }
      return Round.more(
          List.of(Command.of("GET", query.prefix() + target.get().asUtf8())),
          second -> pointed(target, top, second.get(0)));
    });
  }

  private static Step<ReadResult<Followed>> pointed(
      Optional<Value> target, Optional<IndexEntry> top, Reply reply) {
    if (reply instanceof Failure failure && !failure.isWrongType()) {
      return unreadable(failure);
    }
    Optional<Value> value =
        Replies.isWrongType(reply) ? Optional.empty() : Replies.bytesOrNil(reply);
    return found(new Followed(target, value, top));
  }

  private static <T> Step<ReadResult<T>> found(T value) {
    return new Round.Done<>(new ReadResult.Found<>(value));
  }

  private static <T> Step<ReadResult<T>> unreadable(Failure failure) {
    return new Round.Done<>(new ReadResult.Unreadable<>(failure.message()));
  }

  private static <T> Round<ReadResult<T>> one(
      Command command, Key key, Function<Reply, Step<ReadResult<T>>> decoder) {
    return new Round<>(
        List.of(command),
        replies -> replies.get(0) instanceof Failure failure
            ? failed(key, failure)
            : decoder.apply(replies.get(0)));
  }

  /** A wrong kind is asked for by name; any other failure is what it says. */
  private static <T> Step<ReadResult<T>> failed(Key key, Failure failure) {
    if (!failure.isWrongType()) {
      return unreadable(failure);
    }
    return Round.more(List.of(Command.of("TYPE", key)), replies -> {
      if (replies.get(0) instanceof Failure second) {
        return unreadable(second);
      }
      return new Round.Done<>(Replies.kind(replies.get(0))
          .<ReadResult<T>>map(kind -> new ReadResult.WrongKind<>(key, kind))
          .orElseGet(() -> new ReadResult.Unreadable<>(key + " changed while it was looked at")));
    });
  }
}
