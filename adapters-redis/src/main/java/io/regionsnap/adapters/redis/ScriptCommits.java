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
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Commits by script: a batch in one flush for each node. Nothing is written unless every command
 * that writes is known to be permitted: the script asks its server, and where it cannot, before
 * Redis 7.0, {@link Permissions} does, and the script is sent again.
 *
 * <p>Large bodies go beside the script ({@link TransactionScript#staging}); where that did not
 * work, the script is sent again with the body in it.
 */
final class ScriptCommits {
  private final Topology topology;
  private final Conversation conversation;
  private final Permissions permissions;
  private final Staging staging;

  ScriptCommits(Topology topology, Conversation conversation, RedisOptions options) {
    this.topology = topology;
    this.conversation = conversation;
    this.permissions = new Permissions(topology, options);
    this.staging = new Staging(options.stagingFromBytes());
  }

  List<ScriptAnswer> commit(List<Transaction> transactions, Lines lines) {
    List<ScriptAnswer> answers = new ArrayList<>(send(transactions, this::script, lines));
    staging.learn(answers);
    again(transactions, answers, Staging::isUnstaged, TransactionScript::insisting, lines);
    List<Integer> unchecked = places(answers, ScriptAnswer.Unchecked.class::isInstance);
    if (!unchecked.isEmpty()) {
      ask(transactions, unchecked, answers);
      again(
          transactions,
          answers,
          ScriptAnswer.Unchecked.class::isInstance,
          ScriptCommits::trusting,
          lines);
    }
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Decided decided && Answer.isDemotion(decided.result())) {
        demoted(transactions.get(i));
      }
    }
    return answers;
  }

  /** Sends those again that were answered so; nothing of them was written. */
  private void again(
      List<Transaction> transactions,
      List<ScriptAnswer> answers,
      Predicate<ScriptAnswer> open,
      Function<Transaction, TransactionScript> scripts,
      Lines lines) {
    List<Integer> places = places(answers, open);
    if (!places.isEmpty()) {
      List<ScriptAnswer> second =
          send(places.stream().map(transactions::get).toList(), scripts, lines);
      IntStream.range(0, second.size()).forEach(i -> answers.set(places.get(i), second.get(i)));
    }
  }

  private static List<Integer> places(List<ScriptAnswer> answers, Predicate<ScriptAnswer> which) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (which.test(answers.get(i))) {
        places.add(i);
      }
    }
    return places;
  }

  private void demoted(Transaction transaction) {
    try {
      topology.demoted(topology.node(transaction.kinds().keySet()));
    } catch (ConnectException e) {
      // Whoever needs the node next is told.
    }
  }

  private TransactionScript script(Transaction transaction) {
    return permissions.areKnown(transaction) ? trusting(transaction) : staging.script(transaction);
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
      TransactionScript script = scripts.apply(transaction);
      jobs.add(new Job<>(
          script.keys(),
          script.firstRound(),
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
