package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Followed;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.Query.Order;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply.Failure;
import io.regionsnap.redis.dialect.Round.Step;
import java.util.List;
import java.util.function.Function;

/**
 * Says queries to a server.
 *
 * <p>{@link Query.Get}, {@link Query.Range}, {@link Query.Score} and, by script,
 * {@link Query.Follow} take one command and so are answered from one instant.
 * {@link Query.Describe} and {@link Query.Inspect} take two, which the adapter sends in one MULTI
 * ({@link #takesSeveralCommands}). Without scripts, Follow takes two rounds, which the port allows.
 */
public final class QueryRounds implements Query.Cases<Round<? extends ReadResult<?>>> {
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
   * among them, make one script call, where scripts run, and the bytes of keys to inspect are asked
   * for by one command; on a cluster all their keys must share a slot.
   *
   * @param queries what to ask
   * @param <T> what the answers hold
   * @return the round; one answer each, in order
   */
  // The answers are those of the queries; a list of queries of one class cannot say so in types.
  @SuppressWarnings("unchecked")
  public <T> Round<List<ReadResult<T>>> firstRound(List<Query<T>> queries) {
    if (queries.isEmpty()) {
      return new Round<>(List.of(), nothing -> new Round.Done<>(List.of()));
    } else if (scripts && queries.stream().allMatch(Query.Follow.class::isInstance)) {
      return (Round<List<ReadResult<T>>>) (Round<?>)
          FollowRounds.byScript(queries.stream().map(Query.Follow.class::cast).toList(), texts);
    } else if (queries.stream().allMatch(Query.Inspect.class::isInstance)) {
      return (Round<List<ReadResult<T>>>) (Round<?>)
          InspectRounds.inspect(queries.stream().map(Query.Inspect.class::cast).toList());
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
   * Whether a query takes several commands that must be answered from one instant.
   *
   * @param query what to ask
   * @return whether its rounds belong between MULTI and EXEC
   */
  public static boolean takesSeveralCommands(Query<?> query) {
    return query instanceof Query.Describe || query instanceof Query.Inspect;
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
    return InspectRounds.describe(query);
  }

  @Override
  public Round<ReadResult<Inspected>> inspect(Query.Inspect query) {
    return InspectRounds.inspect(query);
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
