package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Followed;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.Query.Order;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply.Failure;
import io.regionsnap.redis.dialect.Round.Step;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Says queries to a server.
 *
 * <p>{@link Query.Get}, {@link Query.Range}, {@link Query.Score} and, by script,
 * {@link Query.Follow} take one command and so are answered from one instant.
 * {@link Query.Describe} takes two, which the adapter sends in one MULTI. Without scripts, Follow
 * takes two rounds, which the port allows.
 */
public final class QueryRounds implements Query.Cases<Round<? extends ReadResult<?>>> {
  private static final int MOST_CLOCK_READINGS = 20;

  private final boolean scripts;
  private final boolean texts;

  private QueryRounds(boolean scripts, boolean texts) {
    this.scripts = scripts;
    this.texts = texts;
  }

  /**
   * A speaker that calls scripts by their SHA-1, and by their text where the server does not know
   * them.
   *
   * @param scripts whether the server runs scripts for this user
   */
  public QueryRounds(boolean scripts) {
    this(scripts, false);
  }

  /**
   * A speaker that calls scripts by their text at once, where a round costs more than the text.
   *
   * @return the speaker
   */
  public static QueryRounds byScriptText() {
    return new QueryRounds(true, true);
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
          FollowRounds.byScript(queries.stream().map(Query.Follow.class::cast).toList(), texts);
    }
    return Round.all(queries.stream().map(this::firstRound).toList());
  }

  /**
   * The first round of pointers to follow, where it is not known yet whether the server runs
   * scripts: a script call, and what is asked without scripts beside it, so that a refusal costs no
   * round.
   *
   * @param queries pointers to follow, and nothing else
   * @param <T> what the answers hold
   * @return the round; one answer each, in order
   */
  // As above.
  @SuppressWarnings("unchecked")
  public static <T> Round<List<ReadResult<T>>> tryingScripts(List<Query<T>> queries) {
    return (Round<List<ReadResult<T>>>) (Round<?>)
        FollowRounds.trying(queries.stream().map(Query.Follow.class::cast).toList());
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
  public Round<ReadResult<Long>> score(Query.Score query) {
    return one(
        Command.of("ZSCORE", query.index(), Value.utf8(query.member())),
        query.index(),
        reply -> new Round.Done<>(
            reply instanceof Reply.Nil
                ? new ReadResult.Absent<>()
                : new ReadResult.Found<>(Replies.whole(Replies.score(reply)))));
  }

  @Override
  public Round<ReadResult<KeyDescription>> describe(Query.Describe query) {
    Command type = Command.of("TYPE", query.key());
    List<Command> commands = List.of(type, Command.of("PEXPIRETIME", query.key()));
    return new Round<>(commands, replies -> {
      Optional<Failure> failure = failure(replies);
      if (failure.filter(QueryRounds::isUnknownCommand).isPresent()) {
        return describeBefore7(query, type, MOST_CLOCK_READINGS);
      } else if (failure.isPresent()) {
        return unreadable(failure.get());
      }
      return described(replies.get(0), Replies.number(replies.get(1)));
    });
  }

  /**
   * Redis 6.2 has no PEXPIRETIME. The instant is worked out from the time left and the clock, which
   * is exact if the clock showed the same millisecond before and after.
   */
  private static Step<ReadResult<KeyDescription>> describeBefore7(
      Query.Describe query, Command type, int attempts) {
    Command time = Command.of("TIME");
    Command timeLeft = Command.of("PTTL", query.key());
    return Round.more(List.of(type, time, timeLeft, time), replies -> {
      Optional<Failure> failure = failure(replies);
      if (failure.isPresent()) {
        return unreadable(failure.get());
      }
      long left = Replies.number(replies.get(2));
      long clock = Replies.clock(replies.get(1));
      if (left < 0) {
        return described(replies.get(0), left);
      } else if (clock == Replies.clock(replies.get(3))) {
        return described(replies.get(0), clock + left);
      }
      return attempts > 1
          ? describeBefore7(query, type, attempts - 1)
          : unreadable(new Failure("the server's clock ran on while an expiry was worked out"));
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
        ? FollowRounds.byScript(List.of(query), texts).map(answers -> answers.get(0))
        : FollowRounds.byTwoRounds(query);
  }

  static <T> Step<ReadResult<T>> unreadable(Failure failure) {
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
  static <T> Step<ReadResult<T>> failed(Key key, Failure failure) {
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
