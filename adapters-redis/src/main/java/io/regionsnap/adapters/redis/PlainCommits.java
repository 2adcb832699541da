package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Lanes.Lane;
import io.regionsnap.adapters.redis.PlainAttempt.End;
import io.regionsnap.adapters.redis.PlainAttempt.Leaves;
import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.ErrorReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commits by WATCH, reads and MULTI/EXEC.
 *
 * <p>EXEC ends every WATCH of its connection, so each transaction under way has a lane of its own.
 * Those that have no key in common go on side by side, as many as there are lanes: all reads are
 * sent before any is waited for, then all EXECs, and an EXEC that is called off takes no other with
 * it. Those that share keys go one after the other, on one lane.
 */
final class PlainCommits {
  private static final int MOST_REDIRECTS = 5;

  private final Topology topology;
  private final long timeoutNanos;

  PlainCommits(Topology topology, RedisOptions options) {
    this.topology = topology;
    this.timeoutNanos = options.timeout().toNanos();
  }

  List<CommitResult> commit(List<Transaction> transactions, Lanes lanes) {
    return new Call(transactions, lanes).run();
  }

  /** A chain, and how far its next transaction has come. */
  private static final class Turn {
    private final Chain chain;
    private PlainAttempt attempt;
    private Optional<Node> moved = Optional.empty();
    private int redirects;

    Turn(Chain chain) {
      this.chain = chain;
      this.attempt = new PlainAttempt(chain.next());
    }

    void restartAt(Node node) {
      moved = Optional.of(node);
      redirects++;
      attempt = new PlainAttempt(chain.next());
    }

    void finish(CommitResult result, CommitResult[] results) {
      results[chain.place()] = result;
      chain.advance();
      moved = Optional.empty();
      redirects = 0;
      if (!chain.isDone()) {
        attempt = new PlainAttempt(chain.next());
      }
    }
  }

  /** A turn on a lane. */
  private record Run(Turn turn, Lane lane, Line line) {}

  /** One batch on its way. Used by one thread. */
  private final class Call {
    private final Lanes lanes;
    private final CommitResult[] results;
    private final Deque<Turn> waiting = new ArrayDeque<>();

    Call(List<Transaction> transactions, Lanes lanes) {
      this.lanes = lanes;
      this.results = new CommitResult[transactions.size()];
      Chain.of(transactions).forEach(chain -> waiting.add(new Turn(chain)));
    }

    List<CommitResult> run() {
      List<Run> runs = new ArrayList<>();
      while (!runs.isEmpty() || !waiting.isEmpty()) {
        runs.addAll(begin());
        runs = exchange(runs);
      }
      return List.of(results);
    }

    /** Gives lanes to those that wait. All connections are begun before any is waited for. */
    private List<Run> begin() {
      Map<Lane, Turn> taken = new LinkedHashMap<>();
      for (Turn turn : List.copyOf(waiting)) {
        try {
          Optional<Lane> lane = lanes.take(node(turn));
          if (lane.isPresent()) {
            taken.put(lane.get(), turn);
            waiting.remove(turn);
          }
        } catch (ConnectException e) {
          fail(turn, e);
        }
      }
      List<Run> begun = new ArrayList<>();
      taken.forEach((lane, turn) -> connect(turn, lane).ifPresent(begun::add));
      return begun;
    }

    private Node node(Turn turn) throws ConnectException {
      return turn.moved.isPresent() ? turn.moved.get() : topology.node(turn.attempt.keys());
    }

    private Optional<Run> connect(Turn turn, Lane lane) {
      try {
        return Optional.of(new Run(turn, lane, lanes.line(lane)));
      } catch (ConnectException e) {
        if (lanes.leadTo(lane.node())) {
          waiting.add(turn);
        } else {
          topology.unreachable(lane.node());
          fail(turn, e);
        }
        return Optional.empty();
      }
    }

    private void fail(Turn turn, ConnectException e) {
      waiting.remove(turn);
      turn.chain.end(Answer.toResult(e.answer()), results);
    }

    /** One round trip of all. Those that have more to do on their lanes. */
    private List<Run> exchange(List<Run> runs) {
      Map<Run, List<WireCommand>> sent = new LinkedHashMap<>();
      runs.forEach(run -> sent.put(run, run.line().send(run.turn().attempt.commands())));
      long deadline = System.nanoTime() + timeoutNanos;
      List<Run> on = new ArrayList<>();
      sent.forEach((run, commands) -> {
        List<Answer> answers = run.line().await(commands, deadline);
        Optional<End> end = run.turn().attempt.take(answers);
        if (end.isEmpty() || goesOn(run, end.get())) {
          on.add(run);
        }
      });
      return on;
    }

    /** Whether the chain goes on with its next transaction on the same lane. */
    private boolean goesOn(Run run, End end) {
      Turn turn = run.turn();
      leave(run, end);
      Optional<Node> target = redirect(turn, end.result());
      target.ifPresentOrElse(turn::restartAt, () -> turn.finish(end.result(), results));
      if (target.isEmpty() && !turn.chain.isDone() && run.line().isOpen()) {
        return true;
      }
      lanes.free(run.lane());
      if (!turn.chain.isDone()) {
        waiting.add(turn);
      }
      return false;
    }

    private void leave(Run run, End end) {
      if (end.leaves() == Leaves.WATCHING) {
        // Nobody waits for the answer: whatever is sent next comes after it.
        List<WireCommand> unused = run.line().send(List.of(PlainAttempt.UNWATCH));
      } else if (end.leaves() == Leaves.UNKNOWN) {
        run.line().close();
      }
      if (Answer.isDemotion(end.result())) {
        run.line().close();
        topology.demoted(run.lane().node());
      }
    }

    /** A node that does not serve the keys did nothing with them; the one it names may. */
    private Optional<Node> redirect(Turn turn, CommitResult result) {
      return result instanceof CommitResult.NotApplied notApplied
              && notApplied.reason() instanceof StoreRefusal.Unavailable unavailable
              && ErrorReply.of(unavailable.message()) == ErrorReply.MOVED
              && turn.redirects < MOST_REDIRECTS
          ? topology.redirect(unavailable.message())
          : Optional.empty();
    }
  }
}
