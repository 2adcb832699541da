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
 * else in two. Descriptions and inspections take two commands each, which one {@code /multi-exec}
 * answers from one instant. Thread-safe.
 */
final class Reads {
  private final Conversation conversation;

  Reads(Conversation conversation) {
    this.conversation = conversation;
  }

  <T> List<ReadResult<T>> read(List<? extends Query<T>> queries, boolean scripts) {
    if (queries.isEmpty()) {
      return List.of();
    }
    QueryRounds rounds = scripts ? QueryRounds.byScriptText() : new QueryRounds(false);
    String path = queries.stream().anyMatch(QueryRounds::takesSeveralCommands)
        ? Rest.MULTI_EXEC
        : Rest.PIPELINE;
    if (scripts && queries.stream().allMatch(Query.Follow.class::isInstance)) {
      return advised(together(rounds, path, new ArrayList<>(queries)));
    }
    List<Round<ReadResult<T>>> first = new ArrayList<>();
    queries.forEach(query -> first.add(rounds.firstRound(query)));
    return advised(conversation.run(path, first, Reads::unreadable));
  }

  /** All in one round. */
  private <T> List<ReadResult<T>> together(
      QueryRounds rounds, String path, List<Query<T>> queries) {
    return conversation
        .run(
            path,
            List.of(rounds.firstRound(queries)),
            answer -> Collections.nCopies(queries.size(), Reads.<T>unreadable(answer)))
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
