package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.ErrorReply;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries rounds to the nodes and back: all first rounds at once, in one flush for each node, then
 * what is left of them at once, and so on. Thread-safe.
 *
 * <p>Follows MOVED and ASK, which say that nothing was executed. Sends nothing a second time for
 * any other reason.
 */
final class Conversation {
  private static final int MOST_REDIRECTS = 5;
  private static final Command ASKING = new Command("ASKING", List.<Value>of());

  private final Topology topology;
  private final long timeoutNanos;

  Conversation(Topology topology, RedisOptions options) {
    this.topology = topology;
    this.timeoutNanos = options.timeout().toNanos();
  }

  /** Carries jobs out. One result each, in order. */
  <R> List<R> run(List<Job<R>> jobs, Lines lines) {
    List<Talk<R>> talks = new ArrayList<>(jobs.size());
    for (Job<R> job : jobs) {
      talks.add(new Talk<>(job));
    }
    for (List<Talk<R>> open = talks; !open.isEmpty(); open = open(open)) {
      exchange(open, lines);
    }
    List<R> results = new ArrayList<>(talks.size());
    for (Talk<R> talk : talks) {
      results.add(talk.result.orElseThrow());
    }
    return results;
  }

  private <R> List<Talk<R>> open(List<Talk<R>> talks) {
    List<Talk<R>> open = new ArrayList<>();
    for (Talk<R> talk : talks) {
      if (talk.result.isEmpty()) {
        open.add(talk);
      }
    }
    return open;
  }

  /** What one node is sent in one flush. */
  private record Load<R>(Node node, List<Talk<R>> talks, Line line, List<WireCommand> sent) {}

  private <R> void exchange(List<Talk<R>> open, Lines lines) {
    Map<Node, List<Talk<R>>> byNode = new LinkedHashMap<>();
    for (Talk<R> talk : open) {
      try {
        byNode.computeIfAbsent(talk.node(), node -> new ArrayList<>()).add(talk);
      } catch (ConnectException e) {
        talk.missing(e.answer());
      }
    }
    // All are sent before any is waited for, so that nodes work at the same time.
    List<Load<R>> loads = new ArrayList<>();
    byNode.forEach((node, talks) -> send(node, talks, lines).ifPresent(loads::add));
    long deadline = System.nanoTime() + timeoutNanos;
    for (Load<R> load : loads) {
      List<Answer> answers = load.line().await(load.sent(), deadline);
      int from = 0;
      for (Talk<R> talk : load.talks()) {
        int to = from + talk.round.commands().size();
        talk.take(load.node(), answers.subList(from, to));
        from = to;
      }
    }
  }

  private <R> Optional<Load<R>> send(Node node, List<Talk<R>> talks, Lines lines) {
    try {
      Line line = lines.line(node);
      List<Command> commands = new ArrayList<>();
      for (Talk<R> talk : talks) {
        commands.addAll(talk.round.commands());
      }
      return Optional.of(new Load<>(node, talks, line, line.send(commands)));
    } catch (ConnectException e) {
      talks.forEach(talk -> talk.missing(e.answer()));
      topology.unreachable(node);
      return Optional.empty();
    }
  }

  /** How far a job has come. Used by one thread. */
  private final class Talk<R> {
    private final Job<R> job;
    private Round<R> round;
    private Optional<R> result = Optional.empty();
    private @Nullable Node moved;
    private int redirects;

    Talk(Job<R> job) {
      this.job = job;
      this.round = job.first();
    }

    Node node() throws ConnectException {
      return moved != null ? moved : topology.node(job.keys());
    }

    void missing(Answer answer) {
      result = Optional.of(job.missing().apply(answer));
    }

    void take(Node from, List<Answer> answers) {
      Line.Replies replies = Line.replies(answers);
      if (!replies.missing().isEmpty()) {
        missing(replies.missing().get(0));
        return;
      }
      for (Reply reply : replies.all()) {
        if (reply instanceof Reply.Failure failure && redirected(failure.message())) {
          return;
        } else if (reply instanceof Reply.Failure failure
            && failure.message().startsWith("READONLY")) {
          topology.demoted(from);
        }
      }
      go(replies.all());
    }

    private boolean redirected(String message) {
      ErrorReply meaning = ErrorReply.of(message);
      if ((meaning != ErrorReply.MOVED && meaning != ErrorReply.ASK)
          || redirects++ >= MOST_REDIRECTS) {
        return false;
      }
      Optional<Node> target = topology.redirect(message);
      if (target.isPresent() && meaning == ErrorReply.ASK) {
        ask(target.get());
      } else if (target.isPresent()) {
        moved = target.get();
      }
      return target.isPresent();
    }

    /** On a line of its own: ASKING is for the next command of the connection only. */
    private void ask(Node target) {
      List<Command> commands = new ArrayList<>();
      round.commands().forEach(command -> commands.addAll(List.of(ASKING, command)));
      try (Lines.Own own = new Lines.Own()) {
        List<Answer> answers =
            own.line(target).exchange(commands, System.nanoTime() + timeoutNanos);
        List<Answer> wanted = new ArrayList<>();
        for (int i = 1; i < answers.size(); i += 2) {
          wanted.add(answers.get(i));
        }
        take(target, wanted);
      } catch (ConnectException e) {
        missing(e.answer());
      }
    }

    private void go(List<Reply> replies) {
      try {
        Round.Step<R> step = round.next().apply(replies);
        if (step instanceof Round.Done<R> done) {
          result = Optional.of(done.result());
        } else {
          round = ((Round.More<R>) step).round();
        }
      } catch (RuntimeException e) {
        // Whatever the decoder stumbled over came from the server.
        result = Optional.of(job.nonsense().apply(String.valueOf(e.getMessage())));
      }
    }
  }
}
