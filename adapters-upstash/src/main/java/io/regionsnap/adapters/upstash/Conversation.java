package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.ErrorReply;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.Round;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries rounds of reads to the server and back: all first rounds in one request, then what is
 * left of them in one, and so on; in more only where one would be too large. Thread-safe.
 */
final class Conversation {
  private final Rest rest;
  private final int maxRequestBytes;
  private final Consumer<String> scriptsRefused;

  /**
   * A conversation with a server.
   *
   * @param scriptsRefused told what the server says where it runs no scripts
   */
  Conversation(Rest rest, UpstashOptions options, Consumer<String> scriptsRefused) {
    this.rest = rest;
    this.maxRequestBytes = options.maxRequestBytes();
    this.scriptsRefused = scriptsRefused;
  }

  /**
   * Carries rounds out.
   *
   * @param path of the API; {@link Rest#MULTI_EXEC} where a round must be answered from one instant
   * @param rounds the first of each
   * @param failed what becomes of one that got no answer, or one that makes no sense
   * @return one result each, in order
   */
  <R> List<R> run(String path, List<Round<R>> rounds, Function<Answer, R> failed) {
    List<Talk<R>> talks =
        rounds.stream().map(round -> new Talk<>(round, failed)).toList();
    for (List<Talk<R>> open = talks; !open.isEmpty(); ) {
      List<Talk<R>> ready =
          open.stream().filter(talk -> talk.prepare(maxRequestBytes)).toList();
      for (List<Talk<R>> together :
          Batches.split(ready, Talk::bytes, maxRequestBytes - Rest.overhead())) {
        exchange(path, together);
      }
      open = open.stream().filter(talk -> talk.result.isEmpty()).toList();
    }
    return talks.stream().map(talk -> talk.result.orElseThrow()).toList();
  }

  private <R> void exchange(String path, List<Talk<R>> talks) {
    List<JsonCommand> commands =
        talks.stream().flatMap(talk -> talk.commands.stream()).toList();
    Answer answer = commands.isEmpty() ? new Answer.Replied(List.of()) : rest.post(path, commands);
    if (answer instanceof Answer.Replied replied) {
      hand(talks, replied.replies());
    } else if (answer instanceof Answer.Discarded discarded) {
      hand(talks, Collections.nCopies(commands.size(), new Reply.Failure(discarded.message())));
    } else {
      talks.forEach(talk -> talk.fail(answer));
    }
  }

  private <R> void hand(List<Talk<R>> talks, List<Reply> replies) {
    replies.stream()
        .filter(Reply.Failure.class::isInstance)
        .map(reply -> ((Reply.Failure) reply).message())
        .filter(message -> ErrorReply.of(message) == ErrorReply.SCRIPTS_REFUSED)
        .findFirst()
        .ifPresent(scriptsRefused);
    int from = 0;
    for (Talk<R> talk : talks) {
      int to = from + talk.commands.size();
      talk.take(replies.subList(from, to));
      from = to;
    }
  }

  /** How far a round has come. Used by one thread. */
  private static final class Talk<R> {
    private final Function<Answer, R> failed;
    private Round<R> round;
    private List<JsonCommand> commands = List.of();
    private Optional<R> result = Optional.empty();

    Talk(Round<R> first, Function<Answer, R> failed) {
      this.round = first;
      this.failed = failed;
    }

    /** Writes the commands down; false if they cannot be sent. */
    boolean prepare(int maxRequestBytes) {
      List<JsonCommand> written = new ArrayList<>();
      try {
        for (Command command : round.commands()) {
          written.add(JsonCommand.of(command));
        }
        commands = written;
        Batches.requireSendable(bytes(), maxRequestBytes);
        return true;
      } catch (JsonCommand.NotTextException | Batches.TooLargeException e) {
        fail(Batches.unsendable(e));
        return false;
      }
    }

    long bytes() {
      return Batches.bytes(commands);
    }

    void fail(Answer answer) {
      result = Optional.of(failed.apply(answer));
    }

    void take(List<Reply> replies) {
      try {
        Round.Step<R> step = round.next().apply(replies);
        if (step instanceof Round.Done<R> done) {
          result = Optional.of(done.result());
        } else {
          round = ((Round.More<R>) step).round();
        }
      } catch (RuntimeException e) {
        // Whatever the decoder stumbled over came from the server.
        fail(new Answer.Lost("the server's answer makes no sense: " + e.getMessage()));
      }
    }
  }
}
