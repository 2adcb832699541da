package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
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
import java.util.List;
import java.util.Optional;

/**
 * Commits by WATCH, reads and MULTI/EXEC, one transaction after the other: EXEC ends every WATCH of
 * its connection.
 */
final class PlainCommits {
  private static final int MOST_ATTEMPTS = 100;
  private static final int MOST_REDIRECTS = 5;

  private final Topology topology;
  private final long timeoutNanos;

  PlainCommits(Topology topology, RedisOptions options) {
    this.topology = topology;
    this.timeoutNanos = options.timeout().toNanos();
  }

  List<CommitResult> commit(List<Transaction> transactions, Lines.Own lines) {
    List<CommitResult> results = new ArrayList<>(transactions.size());
    for (Transaction transaction : transactions) {
      results.add(new Attempts(PlainTransaction.of(transaction), lines).run());
    }
    return results;
  }

  private static Command command(String name) {
    return new Command(name, List.<Value>of());
  }

  /** What became of one attempt: a result, or nothing because another attempt is needed. */
  private final class Attempts {
    private final PlainTransaction transaction;
    private final Lines.Own lines;
    private Optional<Node> moved = Optional.empty();
    private int redirects;

    Attempts(PlainTransaction transaction, Lines.Own lines) {
      this.transaction = transaction;
      this.lines = lines;
    }

    CommitResult run() {
      for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        Optional<CommitResult> result = attempt();
        if (result.isPresent()) {
          return result.get();
        }
      }
      return new CommitResult.NotApplied(new StoreRefusal.Unavailable(
          "others wrote the same keys in each of " + MOST_ATTEMPTS + " attempts"));
    }

    private Optional<CommitResult> attempt() {
      Line line;
      try {
        line = line();
      } catch (ConnectException e) {
        return Optional.of(Answer.toResult(e.answer()));
      }
      Object judged = judge(line);
      if (judged instanceof Go go) {
        return execute(line, go);
      }
      Line.Replies unwatched = Line.replies(line.exchange(List.of(command("UNWATCH")), deadline()));
      if (!unwatched.missing().isEmpty()) {
        line.close();
      }
      return judged instanceof Stop stop ? redirect(stop.result()) : Optional.of(unread(judged));
    }

    private Line line() throws ConnectException {
      Node node = moved.isPresent() ? moved.get() : topology.node(transaction.keys());
      try {
        return lines.line(node);
      } catch (ConnectException e) {
        topology.unreachable(node);
        throw e;
      }
    }

    /** Reads change nothing: whatever goes wrong with them, the transaction was not applied. */
    private CommitResult unread(Object problem) {
      String message =
          problem instanceof Answer answer ? Answer.message(answer) : String.valueOf(problem);
      return new CommitResult.NotApplied(new StoreRefusal.Unavailable(message));
    }

    /** A judgement, an answer that did not come, or what was wrong with those that did. */
    private Object judge(Line line) {
      Round<Judgement> round = transaction.firstRound();
      List<Command> commands = new ArrayList<>(round.commands());
      commands.add(0, transaction.watch());
      while (true) {
        Line.Replies replies = Line.replies(line.exchange(commands, deadline()));
        if (!replies.missing().isEmpty()) {
          line.close();
          return replies.missing().get(0);
        }
        List<Reply> all = replies.all();
        if (commands.size() > round.commands().size()) {
          if (all.get(0) instanceof Reply.Failure failure) {
            return new Stop(refused(failure));
          }
          all = all.subList(1, all.size());
        }
        try {
          Round.Step<Judgement> step = round.next().apply(all);
          if (step instanceof Round.Done<Judgement> done) {
            return done.result();
          }
          round = ((Round.More<Judgement>) step).round();
          commands = round.commands();
        } catch (RuntimeException e) {
          return String.valueOf(e.getMessage());
        }
      }
    }

    private long deadline() {
      return System.nanoTime() + timeoutNanos;
    }

    private CommitResult refused(Reply.Failure failure) {
      CommitResult result = ErrorReply.toResult(failure.message());
      return result instanceof CommitResult.InDoubt
          ? new CommitResult.NotApplied(new StoreRefusal.Rejected(failure.message()))
          : result;
    }

    /** A node that does not serve the keys did nothing with them; the one it names may. */
    private Optional<CommitResult> redirect(CommitResult result) {
      if (result instanceof CommitResult.NotApplied notApplied
          && notApplied.reason() instanceof StoreRefusal.Unavailable unavailable
          && ErrorReply.of(unavailable.message()) == ErrorReply.MOVED
          && redirects++ < MOST_REDIRECTS) {
        moved = topology.redirect(unavailable.message());
        return moved.isPresent() ? Optional.empty() : Optional.of(result);
      }
      return Optional.of(result);
    }

    private Optional<CommitResult> execute(Line line, Go go) {
      List<Command> commands = new ArrayList<>();
      commands.add(command("MULTI"));
      commands.addAll(go.commands());
      commands.add(command("EXEC"));
      List<Answer> answers = line.exchange(commands, deadline());
      Answer exec = answers.get(answers.size() - 1);
      if (!(exec instanceof Answer.Replied replied)) {
        line.close();
        return Optional.of(Answer.toResult(exec));
      } else if (replied.reply() instanceof Reply.Nil) {
        return Optional.empty();
      } else if (replied.reply() instanceof Reply.Failure failure) {
        Reply.Failure cause = cause(answers, failure);
        if (cause.message().startsWith("READONLY")) {
          line.close();
        }
        return redirect(refused(cause));
      } else if (replied.reply() instanceof Reply.Many many) {
        return Optional.of(go.executed(many.elements()));
      }
      return Optional.of(new CommitResult.InDoubt("EXEC answered neither an array nor an error"));
    }

    /** EXEC says only that something was wrong; what it was, the first refusal to queue says. */
    private Reply.Failure cause(List<Answer> answers, Reply.Failure exec) {
      return answers.stream()
          .filter(Answer.Replied.class::isInstance)
          .map(answer -> ((Answer.Replied) answer).reply())
          .filter(Reply.Failure.class::isInstance)
          .map(Reply.Failure.class::cast)
          .findFirst()
          .orElse(exec);
    }
  }
}
