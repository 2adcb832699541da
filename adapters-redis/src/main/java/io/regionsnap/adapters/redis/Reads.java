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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers queries: a batch in one flush for each node, pointers that are served together in one
 * call. Descriptions and inspections take two commands, which must be answered from one instant; a
 * batch of them takes lines of its own, for MULTI, and one of those for all that are served
 * together.
 */
final class Reads {
  private static final Command MULTI = new Command("MULTI", List.<Value>of());
  private static final Command EXEC = new Command("EXEC", List.<Value>of());

  private final Topology topology;
  private final Conversation conversation;

  Reads(Topology topology, Conversation conversation) {
    this.topology = topology;
    this.conversation = conversation;
  }

  /**
   * Queries that make one call.
   *
   * @param queries several pointers to follow, several keys to describe or inspect, or any one
   *     query
   * @param places where their answers belong
   */
  private record Call<T>(List<Query<T>> queries, List<Integer> places) {}

  <T> List<ReadResult<T>> read(List<? extends Query<T>> queries, boolean scripts) {
    QueryRounds rounds = new QueryRounds(scripts);
    List<Call<T>> calls = calls(queries);
    List<Job<List<ReadResult<T>>>> jobs =
        calls.stream().map(call -> job(call.queries(), rounds)).toList();
    boolean atOnce = queries.stream().anyMatch(QueryRounds::takesSeveralCommands);
    Map<Integer, ReadResult<T>> results = new TreeMap<>();
    try (Lines lines = atOnce ? new Lines.Own() : Lines.shared()) {
      List<List<ReadResult<T>>> answers = conversation.run(jobs, lines);
      if (calls.size() == 1) {
        return answers.get(0);
      }
      for (int i = 0; i < calls.size(); i++) {
        List<Integer> places = calls.get(i).places();
        for (int j = 0; j < places.size(); j++) {
          results.put(places.get(j), answers.get(i).get(j));
        }
      }
    }
    return List.copyOf(results.values());
  }

  private <T> List<Call<T>> calls(List<? extends Query<T>> queries) {
    List<Call<T>> calls = new ArrayList<>();
    // Few, however many queries there are: one for each slot of a cluster at most.
    List<Call<T>> shared = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      Query<T> query = queries.get(i);
      Optional<Call<T>> open = open(shared, query);
      Call<T> call = open.orElseGet(() -> new Call<>(new ArrayList<>(), new ArrayList<>()));
      if (open.isEmpty()) {
        calls.add(call);
        if (sharesCalls(query)) {
          shared.add(call);
        }
      }
      call.queries().add(query);
      call.places().add(i);
    }
    return calls;
  }

  private <T> Optional<Call<T>> open(List<Call<T>> shared, Query<T> query) {
    for (Call<T> call : shared) {
      if (takes(call, query)) {
        return Optional.of(call);
      }
    }
    return Optional.empty();
  }

  private static boolean sharesCalls(Query<?> query) {
    return query instanceof Query.Follow || QueryRounds.takesSeveralCommands(query);
  }

  private boolean takes(Call<?> call, Query<?> query) {
    Query<?> first = call.queries().get(0);
    if (query instanceof Query.Follow follow) {
      return first instanceof Query.Follow
          && topology.servesTogether(List.of(key(first), follow.pointer(), follow.index()));
    }
    return QueryRounds.takesSeveralCommands(query)
        && QueryRounds.takesSeveralCommands(first)
        && topology.servesTogether(List.of(key(first), key(query)));
  }

  private static <T> Job<List<ReadResult<T>>> job(List<Query<T>> queries, QueryRounds rounds) {
    Query<T> first = queries.get(0);
    Round<List<ReadResult<T>>> round = rounds.firstRound(queries);
    int size = queries.size();
    return new Job<>(
        List.of(key(first)),
        QueryRounds.takesSeveralCommands(first) ? atOnce(round) : round,
        missing -> Collections.nCopies(size, new ReadResult.Unreadable<>(Answer.message(missing))),
        problem -> Collections.nCopies(size, new ReadResult.Unreadable<>(problem)));
  }

  private static Key key(Query<?> query) {
    if (query instanceof Query.Get get) {
      return get.key();
    } else if (query instanceof Query.Range range) {
      return range.index();
    } else if (query instanceof Query.Follow follow) {
      return follow.pointer();
    } else if (query instanceof Query.Score score) {
      return score.index();
    } else if (query instanceof Query.Inspect inspect) {
      return inspect.key();
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
