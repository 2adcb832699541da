package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commits by reads and then plain commands, each in one {@code /multi-exec} for a whole batch.
 * Transactions that share a key go one after the other, in waves, since the later one must see what
 * the earlier one wrote. One batch at a time, so that only writers outside of this store can come
 * between the reads and the commands. Thread-safe.
 */
final class PlainCommits {
  private final Rest rest;
  private final Conversation conversation;
  private final int maxRequestBytes;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private final Fences fences = new Fences();

  PlainCommits(Rest rest, Conversation conversation, UpstashOptions options) {
    this.rest = rest;
    this.conversation = conversation;
    this.maxRequestBytes = options.maxRequestBytes();
  }

  /** Commits transactions; one result each, in order. */
  List<CommitResult> commit(List<Transaction> transactions) {
    oneAtATime.lock();
    try {
      return commitAlone(transactions);
    } finally {
      oneAtATime.unlock();
    }
  }

  private List<CommitResult> commitAlone(List<Transaction> transactions) {
    CommitResult[] results = new CommitResult[transactions.size()];
    List<List<Integer>> waves = waves(transactions);
    for (int i = 0; i < waves.size(); i++) {
      Answer last = new PlainWave(rest, conversation, maxRequestBytes, fences, results)
          .commit(transactions, waves.get(i));
      if (last instanceof Answer.Lost || last instanceof Answer.Refused) {
        waves
            .subList(i + 1, waves.size())
            .forEach(later -> later.forEach(place -> results[place] = Answer.toUnsent(last)));
        break;
      }
    }
    return List.of(results);
  }

  /** The places of the transactions, so that no two of a wave share a key. */
  private static List<List<Integer>> waves(List<Transaction> transactions) {
    List<List<Integer>> waves = new ArrayList<>();
    Map<Key, Integer> next = new HashMap<>();
    for (int i = 0; i < transactions.size(); i++) {
      var keys = transactions.get(i).kinds().keySet();
      int wave = keys.stream().mapToInt(key -> next.getOrDefault(key, 0)).max().orElse(0);
      keys.forEach(key -> next.put(key, wave + 1));
      if (wave == waves.size()) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(i);
    }
    return waves;
  }
}
