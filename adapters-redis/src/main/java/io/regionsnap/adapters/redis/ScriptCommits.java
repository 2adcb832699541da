package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.ScriptAnswer;
import io.regionsnap.redis.dialect.ScriptAnswer.Decided;
import io.regionsnap.redis.dialect.TransactionScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Commits by script: a batch in one flush for each node. Nothing is written unless every command
 * that writes is known to be permitted: the script asks its server, and where it cannot, before
 * Redis 7.0, {@link Permissions} does, and the script is sent again.
 */
final class ScriptCommits {
  private final Topology topology;
  private final Conversation conversation;
  private final Permissions permissions;

  ScriptCommits(Topology topology, Conversation conversation, RedisOptions options) {
    this.topology = topology;
    this.conversation = conversation;
    this.permissions = new Permissions(topology, options);
  }

  List<ScriptAnswer> commit(List<Transaction> transactions, Lines lines) {
    List<ScriptAnswer> answers = new ArrayList<>(send(transactions, this::script, lines));
    List<Integer> unchecked = unchecked(answers);
    if (!unchecked.isEmpty()) {
      ask(transactions, unchecked, answers);
      List<Integer> open = unchecked(answers);
      List<ScriptAnswer> second =
          send(open.stream().map(transactions::get).toList(), ScriptCommits::trusting, lines);
      IntStream.range(0, second.size()).forEach(i -> answers.set(open.get(i), second.get(i)));
    }
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Decided decided && Answer.isDemotion(decided.result())) {
        demoted(transactions.get(i));
      }
    }
    return answers;
  }

  private static List<Integer> unchecked(List<ScriptAnswer> answers) {
    return IntStream.range(0, answers.size())
        .filter(i -> answers.get(i) instanceof ScriptAnswer.Unchecked)
        .boxed()
        .toList();
  }

  private void demoted(Transaction transaction) {
    try {
      topology.demoted(topology.node(transaction.kinds().keySet()));
    } catch (ConnectException e) {
      // Whoever needs the node next is told.
    }
  }

  private TransactionScript script(Transaction transaction) {
    return permissions.areKnown(transaction)
        ? trusting(transaction)
        : TransactionScript.insisting(transaction);
  }

  private static TransactionScript trusting(Transaction transaction) {
    return TransactionScript.of(transaction, false);
  }

  private List<ScriptAnswer> send(
      List<Transaction> transactions,
      Function<Transaction, TransactionScript> scripts,
      Lines lines) {
    List<Job<ScriptAnswer>> jobs = new ArrayList<>(transactions.size());
    for (Transaction transaction : transactions) {
      jobs.add(new Job<>(
          transaction.kinds().keySet(),
          scripts.apply(transaction).firstRound(),
          missing -> new Decided(Answer.toResult(missing)),
          message -> new Decided(new CommitResult.InDoubt(message))));
    }
    return conversation.run(jobs, lines);
  }

  /** Decides those that something stands against. */
  private void ask(
      List<Transaction> transactions, List<Integer> places, List<ScriptAnswer> answers) {
    Map<Node, List<Integer>> byNode = new LinkedHashMap<>();
    for (int place : places) {
      try {
        Node node = topology.node(transactions.get(place).kinds().keySet());
        byNode.computeIfAbsent(node, unused -> new ArrayList<>()).add(place);
      } catch (ConnectException e) {
        answers.set(place, new Decided(Answer.toResult(e.answer())));
      }
    }
    byNode.forEach((node, here) -> {
      Optional<CommitResult> against =
          permissions.ask(node, here.stream().map(transactions::get).toList());
      against.ifPresent(result -> here.forEach(place -> answers.set(place, new Decided(result))));
    });
  }
}
