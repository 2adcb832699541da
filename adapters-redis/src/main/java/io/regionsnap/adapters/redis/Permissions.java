package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.PermissionProbe;
import io.regionsnap.redis.dialect.Round;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the permissions of this user on servers that scripts cannot ask: Redis before
 * 7.0. Thread-safe.
 */
final class Permissions {
  /** A change of permissions is noticed so soon; asking takes two round trips. */
  private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Topology topology;
  private final long timeoutNanos;
  private final Map<Node, Known> known = new ConcurrentHashMap<>();

  private record Known(Set<String> commands, long sinceNanos) {}

  Permissions(Topology topology, RedisOptions options) {
    this.topology = topology;
    this.timeoutNanos = options.timeout().toNanos();
  }

  /** Whether its server said a moment ago that everything that a transaction takes is permitted. */
  boolean areKnown(Transaction transaction) {
    if (known.isEmpty()) {
      return false;
    }
    try {
      Known there = known.get(topology.node(transaction.kinds().keySet()));
      return there != null
          && System.nanoTime() - there.sinceNanos() < VALID_NANOS
          && there
              .commands()
              .containsAll(PermissionProbe.of(List.of(transaction)).commands());
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Asks a server. What stands against the transactions, or nothing. */
  Optional<CommitResult> ask(Node node, Collection<Transaction> transactions) {
    PermissionProbe probe = PermissionProbe.of(transactions);
    try (Lines.Own lines = new Lines.Own()) {
      Line line = lines.line(node);
      long now = System.nanoTime();
      Optional<CommitResult> against = carryOut(probe, line);
      if (against.isPresent()) {
        // It may be in the middle of the MULTI.
        line.close();
        known.remove(node);
      } else {
        known.put(node, new Known(probe.commands(), now));
      }
      return against;
    } catch (ConnectException e) {
      return Optional.of(Answer.toResult(e.answer()));
    }
  }

  /** Redirects are not followed: elsewhere, what is only to be queued would run. */
  private Optional<CommitResult> carryOut(PermissionProbe probe, Line line) {
    Round<Optional<CommitResult>> round = probe.firstRound();
    while (true) {
      Line.Replies replies =
          Line.replies(line.exchange(round.commands(), System.nanoTime() + timeoutNanos));
      if (!replies.missing().isEmpty()) {
        return Optional.of(Answer.toRefusal(replies.missing().get(0)));
      }
      Round.Step<Optional<CommitResult>> step = round.next().apply(replies.all());
      if (step instanceof Round.Done<Optional<CommitResult>> done) {
        return done.result();
      }
      round = ((Round.More<Optional<CommitResult>>) step).round();
    }
  }
}
