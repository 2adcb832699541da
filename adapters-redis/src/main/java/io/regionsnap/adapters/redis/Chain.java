package io.regionsnap.adapters.redis;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.PlainTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Transactions of a batch that share keys, directly or through others, in the order of the batch:
 * each has to see what those before it did. Chains of one batch have no key in common. Used by one
 * thread.
 */
final class Chain {
  private final Map<Integer, Transaction> links = new LinkedHashMap<>();

  /** Divides a batch into as many chains as there can be. */
  static Collection<Chain> of(List<Transaction> batch) {
    Map<Key, Integer> owners = new HashMap<>();
    // Each place names an earlier one of its chain, or itself: the first.
    int[] earlier = new int[batch.size()];
    for (int place = 0; place < earlier.length; place++) {
      earlier[place] = place;
      for (Key key : batch.get(place).kinds().keySet()) {
        int owner = first(earlier, owners.getOrDefault(key, place));
        int own = first(earlier, place);
        earlier[Math.max(owner, own)] = Math.min(owner, own);
        owners.put(key, place);
      }
    }
    Map<Integer, Chain> chains = new LinkedHashMap<>();
    for (int place = 0; place < earlier.length; place++) {
      chains
          .computeIfAbsent(first(earlier, place), first -> new Chain())
          .links
          .put(place, batch.get(place));
    }
    return chains.values();
  }

  private static int first(int[] earlier, int place) {
    int first = place;
    while (earlier[first] != first) {
      first = earlier[first];
    }
    return first;
  }

  boolean isDone() {
    return links.isEmpty();
  }

  /** The place in the batch of the transaction that is next. */
  int place() {
    return links.keySet().iterator().next();
  }

  PlainTransaction next() {
    return PlainTransaction.of(links.values().iterator().next());
  }

  /** What is next is done. */
  void advance() {
    links.remove(place());
  }

  /** Gives all that is left one result. */
  void end(CommitResult result, CommitResult[] results) {
    new ArrayList<>(links.keySet()).forEach(place -> results[place] = result);
    links.clear();
  }
}
