package io.regionsnap.adapters.redis;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.ErrorReply;
import io.regionsnap.redis.dialect.PlainTransaction;
import io.regionsnap.redis.dialect.PlainTransaction.Go;
import io.regionsnap.redis.dialect.PlainTransaction.Judgement;
import io.regionsnap.redis.dialect.PlainTransaction.Stop;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.Round;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One transaction on its way by WATCH, reads and MULTI/EXEC over one line: what to send next, and
 * what came of it. Begins again where EXEC was called off. Used by one thread.
 */
final class PlainAttempt {
  static final Command UNWATCH = command("UNWATCH");

  private static final int MOST_ATTEMPTS = 100;
  private static final Command MULTI = command("MULTI");
  private static final Command EXEC = command("EXEC");

  /** In what state a line is left. */
  enum Leaves {
    CLEAN,
    WATCHING,
    UNKNOWN
  }

  /** It is over. */
  record End(CommitResult result, Leaves leaves) {}

  private final PlainTransaction transaction;
  private List<Command> before;
  private Round<Judgement> reads;
  private Optional<Go> go = Optional.empty();
  private int calledOff;

  PlainAttempt(PlainTransaction transaction) {
    this.transaction = transaction;
    this.reads = transaction.firstRound();
    // Were MULTI forbidden, the writes after it would be executed one by one, so it is tried first.
    this.before = List.of(MULTI, EXEC, transaction.watch());
  }

  private static Command command(String name) {
    return new Command(name, List.<Value>of());
  }

  /** Every key of the transaction. */
  Collection<Key> keys() {
    return transaction.keys();
  }

  /** What to send. */
  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    if (go.isPresent()) {
      commands.add(MULTI);
      commands.addAll(go.get().commands());
      commands.add(EXEC);
    } else {
      commands.addAll(before);
      commands.addAll(reads.commands());
    }
    return commands;
  }

  /** Takes the answers. Nothing, if there is more to send. */
  Optional<End> take(List<Answer> answers) {
    return go.isPresent() ? executed(go.get(), answers) : read(answers);
  }

  private static Optional<End> end(CommitResult result, Leaves leaves) {
    return Optional.of(new End(result, leaves));
  }

  /** Reads change nothing: whatever goes wrong with them, the transaction was not applied. */
  private Optional<End> read(List<Answer> answers) {
    Line.Replies replies = Line.replies(answers);
    if (!replies.missing().isEmpty()) {
      return end(Answer.toRefusal(replies.missing().get(0)), Leaves.UNKNOWN);
    }
    int first = before.size();
    for (Reply reply : replies.all().subList(0, first)) {
      if (reply instanceof Reply.Failure failure) {
        return end(ErrorReply.toRefusal(failure.message()), Leaves.UNKNOWN);
      }
    }
    try {
      List<Reply> seen = replies.all().subList(first, replies.all().size());
      return judged(reads.next().apply(seen));
    } catch (RuntimeException e) {
      // Whatever the decoder stumbled over came from the server.
      String problem = String.valueOf(e.getMessage());
      return end(
          new CommitResult.NotApplied(new StoreRefusal.Unavailable(problem)), Leaves.UNKNOWN);
    }
  }

  private Optional<End> judged(Round.Step<Judgement> step) {
    before = List.of();
    if (step instanceof Round.More<Judgement> more) {
      reads = more.round();
      return Optional.empty();
    }
    Judgement judgement = ((Round.Done<Judgement>) step).result();
    if (judgement instanceof Stop stop) {
      return end(stop.result(), Leaves.WATCHING);
    }
    go = Optional.of((Go) judgement);
    return Optional.empty();
  }

  private Optional<End> executed(Go sent, List<Answer> answers) {
    Answer exec = answers.get(answers.size() - 1);
    if (!(exec instanceof Answer.Replied replied)) {
      return end(Answer.toResult(exec), Leaves.UNKNOWN);
    } else if (replied.reply() instanceof Reply.Nil) {
      return again();
    } else if (replied.reply() instanceof Reply.Failure failure) {
      return end(ErrorReply.toRefusal(cause(answers, failure).message()), Leaves.CLEAN);
    } else if (replied.reply() instanceof Reply.Many many) {
      return end(sent.executed(many.elements()), Leaves.CLEAN);
    }
    return end(
        new CommitResult.InDoubt("EXEC answered neither an array nor an error"), Leaves.UNKNOWN);
  }

  /** Somebody else wrote a key between the reads and EXEC, which did nothing. */
  private Optional<End> again() {
    calledOff++;
    if (calledOff == MOST_ATTEMPTS) {
      return end(
          new CommitResult.NotApplied(new StoreRefusal.Unavailable(
              "others wrote the same keys in each of " + MOST_ATTEMPTS + " attempts")),
          Leaves.CLEAN);
    }
    go = Optional.empty();
    reads = transaction.firstRound();
    before = List.of(MULTI, EXEC, transaction.watch());
    return Optional.empty();
  }

  /** EXEC says only that something was wrong; what it was, the first refusal to queue says. */
  private static Reply.Failure cause(List<Answer> answers, Reply.Failure exec) {
    return answers.stream()
        .filter(Answer.Replied.class::isInstance)
        .map(answer -> ((Answer.Replied) answer).reply())
        .filter(Reply.Failure.class::isInstance)
        .map(Reply.Failure.class::cast)
        .findFirst()
        .orElse(exec);
  }
}
