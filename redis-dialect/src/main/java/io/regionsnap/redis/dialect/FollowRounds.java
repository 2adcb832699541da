package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Followed;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
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
import java.util.function.Function;

/**
 * Follows pointers: by script any number in one call, answered from one instant; without scripts
 * each in two rounds, side by side.
 */
final class FollowRounds {
  private FollowRounds() {}

  static Round<List<ReadResult<Followed>>> byScript(List<Query.Follow> queries, boolean text) {
    List<Key> keys = new ArrayList<>();
    List<Value> prefixes = new ArrayList<>();
    for (Query.Follow query : queries) {
      keys.add(query.pointer());
      keys.add(query.index());
      prefixes.add(Value.utf8(query.prefix()));
    }
    Function<Reply, Step<List<ReadResult<Followed>>>> decoder = reply -> followed(queries, reply);
    return text
        ? Script.FOLLOW.textRound(keys, prefixes, decoder)
        : Script.FOLLOW.round(keys, prefixes, decoder);
  }

  /** By script, and beside it the first of the two rounds, which counts if scripts are refused. */
  static Round<List<ReadResult<Followed>>> trying(List<Query.Follow> queries) {
    Round<List<ReadResult<Followed>>> script = byScript(queries, true);
    Round<List<ReadResult<Followed>>> plain = byTwoRounds(queries);
    List<Command> both = new ArrayList<>(script.commands());
    int plainFrom = both.size();
    both.addAll(plain.commands());
    return new Round<>(both, replies -> {
      if (!isRefused(replies.get(0))) {
        return script.next().apply(replies.subList(0, plainFrom));
      }
      List<Reply> plainly = replies.subList(plainFrom, replies.size());
      // Some servers refuse all of a request for one command of it.
      return plainly.stream().anyMatch(FollowRounds::isRefused)
          ? new Round.More<>(plain)
          : plain.next().apply(plainly);
    });
  }

  private static boolean isRefused(Reply reply) {
    return reply instanceof Failure failure
        && ErrorReply.of(failure.message()) == ErrorReply.SCRIPTS_REFUSED;
  }

  private static Step<List<ReadResult<Followed>>> followed(
      List<Query.Follow> queries, Reply reply) {
    if (reply instanceof Failure failure) {
      return isRefused(reply)
          ? new Round.More<>(byTwoRounds(queries))
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

  private static Round<List<ReadResult<Followed>>> byTwoRounds(List<Query.Follow> queries) {
    return Round.all(queries.stream().map(FollowRounds::byTwoRounds).toList());
  }

  static Round<ReadResult<Followed>> byTwoRounds(Query.Follow query) {
    List<Command> commands = List.of(
        Command.of("GET", query.pointer()),
        Command.of("ZREVRANGE", query.index(), 0, 0, "WITHSCORES"));
    return new Round<>(commands, replies -> {
      List<Key> keys = List.of(query.pointer(), query.index());
      for (int i = 0; i < keys.size(); i++) {
        if (replies.get(i) instanceof Failure failure) {
          return QueryRounds.failed(keys.get(i), failure);
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
      return QueryRounds.unreadable(failure);
    }
    Optional<Value> value =
        Replies.isWrongType(reply) ? Optional.empty() : Replies.bytesOrNil(reply);
    return found(new Followed(target, value, top));
  }

  private static <T> Step<ReadResult<T>> found(T value) {
    return new Round.Done<>(new ReadResult.Found<>(value));
  }
}
