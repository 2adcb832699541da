package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Fence;
import io.regionsnap.redis.dialect.PlainTransaction;
import io.regionsnap.redis.dialect.PlainTransaction.Go;
import io.regionsnap.redis.dialect.PlainTransaction.Judgement;
import io.regionsnap.redis.dialect.PlainTransaction.Stop;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.Round;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commits by reads and then plain commands, each in one {@code /multi-exec} for a whole batch.
 * Transactions that share a key go one after the other, in waves, since the later one must see what
 * the earlier one wrote. One batch at a time, so that only writers outside of this store can come
 * between the reads and the commands.
 *
 * <p>A {@link Fence} that is put up with the reads keeps commands that the network delivers late,
 * or twice, from undoing what came after them. That of commands whose answer was lost is taken away
 * with the next reads, so that they come before those or come to nothing. Thread-safe.
 */
final class PlainCommits {
  private final Rest rest;
  private final Conversation conversation;
  private final int maxRequestBytes;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private final Set<Fence> abandoned = new LinkedHashSet<>();

  PlainCommits(Rest rest, Conversation conversation, UpstashOptions options) {
    this.rest = rest;
    this.conversation = conversation;
    this.maxRequestBytes = options.maxRequestBytes();
  }

  /** A transaction that may be written, and where its result belongs. */
  private record Ready(int place, Go go, List<JsonCommand> commands, Optional<Fence> fence) {
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
    List<Optional<Fence>> fences = wave.stream()
        .map(place -> Fence.of(transactions.get(place), UUID.randomUUID().toString()))
        .toList();
    List<Judged> judged = judge(transactions, wave, fences);
    Answer last = new Answer.Replied(List.of());
    List<Ready> ready = new ArrayList<>();
    boolean needless = false;
    for (int i = 0; i < wave.size(); i++) {
      Optional<Fence> fence = fences.get(i);
      if (judged.get(i) instanceof Judged.Unread unread) {
        last = unread.answer();
        results[wave.get(i)] = unread.result();
        if (last instanceof Answer.Lost) {
          fence.ifPresent(abandoned::add);
        }
      } else {
        Judgement judgement = ((Judged.Judgeable) judged.get(i)).judgement();
        if (!prepare(wave.get(i), judgement, fence, results, ready)) {
          needless |= fence.isPresent();
          fence.ifPresent(abandoned::add);
        }
      }
    }
    if (needless) {
      lowerAbandoned();
    }
    return ready.isEmpty() ? last : write(ready, results);
  }

  /** Takes abandoned fences away, reads, and puts new ones up, all in one instant. */
  private List<Judged> judge(
      List<Transaction> transactions, List<Integer> wave, List<Optional<Fence>> fences) {
    List<Fence> old = List.copyOf(abandoned);
    List<Round<Judged>> rounds = new ArrayList<>();
    rounds.add(lowering(old));
    for (int i = 0; i < wave.size(); i++) {
      Transaction transaction = transactions.get(wave.get(i));
      PlainTransaction plain = fences
          .get(i)
          .map(fence -> PlainTransaction.of(transaction, fence))
          .orElseGet(() -> PlainTransaction.of(transaction));
      rounds.add(plain.firstRound().map(Judged.Judgeable::new));
    }
    List<Judged> judged = conversation.run(Rest.MULTI_EXEC, rounds, Judged.Unread::new);
    forget(old, judged.get(0));
    return judged.subList(1, judged.size());
  }

  /** At once; should it fail, it is done with the next reads, or the fences fall by themselves. */
  private void lowerAbandoned() {
    List<Fence> old = List.copyOf(abandoned);
    forget(
        old,
        conversation
            .run(Rest.MULTI_EXEC, List.of(lowering(old)), Judged.Unread::new)
            .get(0));
  }

  private static Round<Judged> lowering(List<Fence> fences) {
    return new Round<>(
        fences.stream().map(Fence::lower).toList(),
        replies -> new Round.Done<>(
            replies.stream().noneMatch(Reply.Failure.class::isInstance)
                ? new Judged.Lowered()
                : new Judged.Unread(new Answer.Lost("fences were not taken away"))));
  }

  private void forget(List<Fence> fences, Judged lowered) {
    if (lowered instanceof Judged.Lowered) {
      abandoned.removeAll(Set.copyOf(fences));
    }
  }

  /** Makes a transaction ready to be written; false if there is nothing to write. */
  private boolean prepare(
      int place,
      Judgement judgement,
      Optional<Fence> fence,
      CommitResult[] results,
      List<Ready> ready) {
    if (judgement instanceof Stop stop) {
      results[place] = stop.result();
      return false;
    }
    try {
      Go go = (Go) judgement;
      List<JsonCommand> commands = new ArrayList<>();
      for (Command command : go.commands()) {
        commands.add(JsonCommand.of(command));
      }
      Ready written = new Ready(place, go, commands, fence);
      Batches.requireSendable(written.bytes(), maxRequestBytes);
      if (commands.isEmpty()) {
        results[place] = new CommitResult.Applied();
        return false;
      }
      return ready.add(written);
    } catch (JsonCommand.NotTextException | Batches.TooLargeException e) {
      results[place] = Answer.toResult(Batches.unsendable(e));
      return false;
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
        abandon(batch);
        continue;
      }
      last = rest.post(
          Rest.MULTI_EXEC,
          batch.stream().flatMap(each -> each.commands().stream()).toList());
      settle(batch, last, results);
      if (!(last instanceof Answer.Replied)) {
        abandon(batch);
      }
    }
    return last;
  }

  private void abandon(List<Ready> batch) {
    batch.forEach(each -> each.fence().ifPresent(abandoned::add));
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

  /**
   * A write answers a number, a word, or what it took; nothing, or an array, is no answer to one.
   */
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

    /** There was nothing to read; abandoned fences are gone. */
    record Lowered() implements Judged {}

    /** They were not; whatever the answer was, reads change nothing. */
    record Unread(Answer answer) implements Judged {
      CommitResult result() {
        return answer instanceof Answer.Lost lost ? Answer.toUnsent(lost) : Answer.toResult(answer);
      }
    }
  }
}
