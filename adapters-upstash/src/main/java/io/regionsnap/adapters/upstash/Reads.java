package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.redis.dialect.QueryRounds;
import io.regionsnap.redis.dialect.Round;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Answers queries: a batch in one request; pointers to follow in one as well where scripts run, and
 * else in two, also while that is not known. Descriptions and inspections take two commands each,
 * which one {@code /multi-exec} answers from one instant. Thread-safe.
 */
final class Reads {
  private final Conversation conversation;

  Reads(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Whether a server runs scripts. */
  enum Scripts {
    RUN,
    REFUSED,
    UNKNOWN
  }

  <T> List<ReadResult<T>> read(List<? extends Query<T>> queries, Scripts scripts) {
    if (queries.isEmpty()) {
      return List.of();
    }
    QueryRounds rounds =
        scripts == Scripts.REFUSED ? new QueryRounds(false) : QueryRounds.byScriptText();
    String path = queries.stream().anyMatch(QueryRounds::takesSeveralCommands)
        ? Rest.MULTI_EXEC
        : Rest.PIPELINE;
    if (scripts != Scripts.REFUSED && areAllToFollow(queries)) {
      List<Query<T>> all = new ArrayList<>(queries);
      return advised(together(
          path,
          scripts == Scripts.UNKNOWN ? QueryRounds.tryingScripts(all) : rounds.firstRound(all),
          all.size()));
    }
    List<Round<ReadResult<T>>> first = new ArrayList<>();
    queries.forEach(query -> first.add(rounds.firstRound(query)));
    return advised(conversation.run(path, first, Reads::unreadable));
  }

  static boolean areAllToFollow(List<? extends Query<?>> queries) {
    return queries.stream().allMatch(Query.Follow.class::isInstance);
  }

  /** All in one round. */
  private <T> List<ReadResult<T>> together(
      String path, Round<List<ReadResult<T>>> round, int count) {
    return conversation
        .run(
            path, List.of(round), answer -> Collections.nCopies(count, Reads.<T>unreadable(answer)))
        .get(0);
  }

  private static <T> List<ReadResult<T>> advised(List<ReadResult<T>> results) {
    return results.stream().map(Reads::advised).toList();
  }

  private static <T> ReadResult<T> unreadable(Answer answer) {
    return new ReadResult.Unreadable<>(Answer.message(answer));
  }

  static <T> ReadResult<T> advised(ReadResult<T> result) {
    return result instanceof ReadResult.Unreadable<T> unreadable
        ? new ReadResult.Unreadable<>(Advice.with(unreadable.message()))
        : result;
  }
}
