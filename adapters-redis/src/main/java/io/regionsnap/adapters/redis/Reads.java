package io.regionsnap.adapters.redis;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.QueryRounds;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.Round;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Answers queries: a batch in one flush for each node. Descriptions take two commands, which must
 * be answered from one instant; a batch of them takes lines of its own, for MULTI.
 */
final class Reads {
  private static final Command MULTI = new Command("MULTI", List.<Value>of());
  private static final Command EXEC = new Command("EXEC", List.<Value>of());

  private final Conversation conversation;

  Reads(Conversation conversation) {
    this.conversation = conversation;
  }

  <T> List<ReadResult<T>> read(List<? extends Query<T>> queries, boolean scripts) {
    QueryRounds rounds = new QueryRounds(scripts);
    List<Job<ReadResult<T>>> jobs = new ArrayList<>(queries.size());
    boolean describes = false;
    for (Query<T> query : queries) {
      Round<ReadResult<T>> round = rounds.firstRound(query);
      boolean describe = query instanceof Query.Describe;
      describes |= describe;
      jobs.add(new Job<>(
          List.of(key(query)),
          describe ? atOnce(round) : round,
          missing -> new ReadResult.Unreadable<>(Answer.message(missing)),
          ReadResult.Unreadable::new));
    }
    try (Lines lines = describes ? new Lines.Own() : Lines.shared()) {
      return conversation.run(jobs, lines);
    }
  }

  private static Key key(Query<?> query) {
    if (query instanceof Query.Get get) {
      return get.key();
    } else if (query instanceof Query.Range range) {
      return range.index();
    } else if (query instanceof Query.Follow follow) {
      return follow.pointer();
    }
    return ((Query.Describe) query).key();
  }

  /** The same round between MULTI and EXEC. */
  private static <R> Round<R> atOnce(Round<R> round) {
    List<Command> commands = new ArrayList<>();
    commands.add(MULTI);
    commands.addAll(round.commands());
    commands.add(EXEC);
    int size = round.commands().size();
    return new Round<>(commands, replies -> {
      Optional<Reply> refusal =
          replies.stream().filter(Reply.Failure.class::isInstance).findFirst();
      if (refusal.isPresent()) {
        return atOnce(round.next().apply(Collections.nCopies(size, refusal.get())));
      } else if (replies.get(size + 1) instanceof Reply.Many many
          && many.elements().size() == size) {
        return atOnce(round.next().apply(many.elements()));
      }
      throw new IllegalStateException("EXEC did not answer every command");
    });
  }

  private static <R> Round.Step<R> atOnce(Round.Step<R> step) {
    return step instanceof Round.More<R> more ? new Round.More<>(atOnce(more.round())) : step;
  }
}
