package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.PlainTransaction;
import io.regionsnap.redis.dialect.PlainTransaction.Go;
import io.regionsnap.redis.dialect.PlainTransaction.Judgement;
import io.regionsnap.redis.dialect.PlainTransaction.Stop;
import io.regionsnap.redis.dialect.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commits by reads and then plain commands, each in one {@code /multi-exec} for a whole batch.
 * Transactions that share a key go one after the other, in waves, since the later one must see what
 * the earlier one wrote. Thread-safe.
 */
final class PlainCommits {
  private final Rest rest;
  private final Conversation conversation;
  private final int maxRequestBytes;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);

  PlainCommits(Rest rest, Conversation conversation, UpstashOptions options) {
    this.rest = rest;
    this.conversation = conversation;
    this.maxRequestBytes = options.maxRequestBytes();
  }

  /** A transaction that may be written, and where its result belongs. */
  private record Ready(int place, Go go, List<JsonCommand> commands) {
    long bytes() {
      return Batches.bytes(commands);
    }
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
      Answer last = commit(transactions, waves.get(i), results);
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

  /** Commits a wave; returns the answer to its last request. */
  private Answer commit(
      List<Transaction> transactions, List<Integer> wave, CommitResult[] results) {
    List<Judged> judged = conversation.run(
        Rest.MULTI_EXEC,
        wave.stream()
            .map(place -> PlainTransaction.of(transactions.get(place))
                .firstRound()
                .<Judged>map(Judged.Judgeable::new))
            .toList(),
        Judged.Unread::new);
    Answer last = new Answer.Replied(List.of());
    List<Ready> ready = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      int place = wave.get(i);
      if (judged.get(i) instanceof Judged.Unread unread) {
        last = unread.answer();
        results[place] = unread.result();
      } else {
        judge(place, ((Judged.Judgeable) judged.get(i)).judgement(), results, ready);
      }
    }
    return ready.isEmpty() ? last : write(ready, results);
  }

  private void judge(int place, Judgement judgement, CommitResult[] results, List<Ready> ready) {
    if (judgement instanceof Stop stop) {
      results[place] = stop.result();
      return;
    }
    try {
      Go go = (Go) judgement;
      List<JsonCommand> commands = new ArrayList<>();
      for (Command command : go.commands()) {
        commands.add(JsonCommand.of(command));
      }
      Ready written = new Ready(place, go, commands);
      Batches.requireSendable(written.bytes(), maxRequestBytes);
      if (commands.isEmpty()) {
        results[place] = new CommitResult.Applied();
      } else {
        ready.add(written);
      }
    } catch (JsonCommand.NotTextException | Batches.TooLargeException e) {
      results[place] = Answer.toResult(Batches.unsendable(e));
    }
  }

  private Answer write(List<Ready> ready, CommitResult[] results) {
    List<List<Ready>> batches =
        Batches.split(ready, Ready::bytes, maxRequestBytes - Rest.overhead());
    Answer last = new Answer.Replied(List.of());
    for (List<Ready> batch : batches) {
      if (last instanceof Answer.Lost || last instanceof Answer.Refused) {
        Answer before = last;
        batch.forEach(each -> results[each.place()] = Answer.toUnsent(before));
        continue;
      }
      last = rest.post(
          Rest.MULTI_EXEC,
          batch.stream().flatMap(each -> each.commands().stream()).toList());
      settle(batch, last, results);
    }
    return last;
  }

  private static void settle(List<Ready> batch, Answer answer, CommitResult[] results) {
    int from = 0;
    for (Ready each : batch) {
      int to = from + each.commands().size();
      results[each.place()] = answer instanceof Answer.Replied replied
          ? executed(each.go(), replied.replies().subList(from, to))
          : Answer.toResult(answer);
      from = to;
    }
  }

  /** A write answers a number or a word; nothing, or an array, is no answer to one. */
  private static CommitResult executed(Go go, List<Reply> replies) {
    boolean strange = replies.stream()
        .anyMatch(reply -> reply instanceof Reply.Nil || reply instanceof Reply.Many);
    return strange
        ? new CommitResult.InDoubt("the server answered a write with something else than a result")
        : go.executed(replies);
  }

  /** What the reads of a transaction came to. */
  private sealed interface Judged {

    /** They were answered. */
    record Judgeable(Judgement judgement) implements Judged {}

    /** They were not; whatever the answer was, reads change nothing. */
    record Unread(Answer answer) implements Judged {
      CommitResult result() {
        return answer instanceof Answer.Lost lost ? Answer.toUnsent(lost) : Answer.toResult(answer);
      }
    }
  }
}
