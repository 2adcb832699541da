package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Fence;
import io.regionsnap.redis.dialect.PlainTransaction;
import io.regionsnap.redis.dialect.PlainTransaction.Go;
import io.regionsnap.redis.dialect.PlainTransaction.Judgement;
import io.regionsnap.redis.dialect.PlainTransaction.Stop;
import io.regionsnap.redis.dialect.Round;
import java.util.ArrayList;
import java.util.List;

/**
 * Transactions that share no key, on their way: first the reads of all, which put up a fence for
 * each, then the commands of those that may be written. Used once, by one thread.
 */
final class PlainWave {
  private final Rest rest;
  private final Conversation conversation;
  private final int maxRequestBytes;
  private final Fences fences;
  private final CommitResult[] results;
  private final List<Ready> ready = new ArrayList<>();

  /** Results are written to their places. */
  PlainWave(
      Rest rest,
      Conversation conversation,
      int maxRequestBytes,
      Fences fences,
      CommitResult[] results) {
    this.rest = rest;
    this.conversation = conversation;
    this.maxRequestBytes = maxRequestBytes;
    this.fences = fences;
    this.results = results;
  }

  /** A transaction, where its result belongs, and what keeps its commands from coming late. */
  private record Fenced(int place, Transaction transaction, Fence fence) {}

  /** One that may be written. */
  private record Ready(Fenced fenced, Go go, List<JsonCommand> commands) {
    long bytes() {
      return Batches.bytes(commands);
    }
  }

  /** What the reads of a transaction came to. */
  private sealed interface Judged {

    /** They were answered. */
    record Judgeable(Judgement judgement) implements Judged {}

    /** There was nothing to read. */
    record Unasked() implements Judged {}

    /** They were not; whatever the answer was, reads change nothing. */
    record Unread(Answer answer) implements Judged {}
  }

  /** Commits the transactions at these places; returns the answer to the last request. */
  Answer commit(List<Transaction> transactions, List<Integer> places) {
    List<Fenced> all = new ArrayList<>();
    for (int place : places) {
      Transaction transaction = transactions.get(place);
      all.add(new Fenced(place, transaction, fences.make(transaction)));
    }
    List<Judged> judged = read(all);
    Answer last = new Answer.Replied(List.of());
    boolean stopped = false;
    for (int i = 0; i < all.size(); i++) {
      if (judged.get(i) instanceof Judged.Unread unread) {
        last = unread.answer();
        unread(all.get(i), last);
      } else {
        stopped |= !prepare(all.get(i), ((Judged.Judgeable) judged.get(i)).judgement());
      }
    }
    if (stopped) {
      lowerAbandoned();
    }
    return ready.isEmpty() ? last : write();
  }

  /** Takes abandoned fences away, puts new ones up, and reads, all in one instant. */
  private List<Judged> read(List<Fenced> all) {
    List<Round<Judged>> rounds = new ArrayList<>();
    rounds.add(lowering());
    for (Fenced each : all) {
      rounds.add(PlainTransaction.of(each.transaction(), each.fence())
          .firstRound()
          .map(Judged.Judgeable::new));
    }
    List<Judged> judged = conversation.run(Rest.MULTI_EXEC, rounds, Judged.Unread::new);
    return judged.subList(1, judged.size());
  }

  private Round<Judged> lowering() {
    List<Fence> abandoned = fences.abandoned();
    return new Round<>(Fences.lower(abandoned), replies -> {
      fences.lowered(abandoned, replies);
      return new Round.Done<>(new Judged.Unasked());
    });
  }

  /** At once, to leave no trace; should it fail, it is done with the next reads. */
  private void lowerAbandoned() {
    conversation.run(Rest.MULTI_EXEC, List.of(lowering()), Judged.Unread::new);
  }

  private void unread(Fenced fenced, Answer answer) {
    if (answer instanceof Answer.Lost) {
      fences.abandon(fenced.fence());
    }
    results[fenced.place()] = Answer.toUnsent(answer);
  }

  /** Makes a transaction ready to be written; false if there is nothing to write. */
  private boolean prepare(Fenced fenced, Judgement judgement) {
    if (judgement instanceof Stop stop) {
      return stop(fenced, stop.result());
    }
    try {
      Go go = (Go) judgement;
      List<JsonCommand> commands = new ArrayList<>();
      for (Command command : go.commands()) {
        commands.add(JsonCommand.of(command));
      }
      Ready written = new Ready(fenced, go, commands);
      Batches.requireSendable(written.bytes(), maxRequestBytes);
      return ready.add(written);
    } catch (JsonCommand.NotTextException | Batches.TooLargeException e) {
      return stop(fenced, Answer.toResult(Batches.unsendable(e)));
    }
  }

  private boolean stop(Fenced fenced, CommitResult result) {
    fences.abandon(fenced.fence());
    results[fenced.place()] = result;
    return false;
  }

  private Answer write() {
    Answer last = new Answer.Replied(List.of());
    for (List<Ready> batch :
        Batches.split(ready, Ready::bytes, maxRequestBytes - Rest.overhead())) {
      if (last instanceof Answer.Lost || last instanceof Answer.Refused) {
        Answer before = last;
        batch.forEach(each -> stop(each.fenced(), Answer.toUnsent(before)));
      } else {
        last = rest.post(
            Rest.MULTI_EXEC,
            batch.stream().flatMap(each -> each.commands().stream()).toList());
        settle(batch, last);
      }
    }
    return last;
  }

  private void settle(List<Ready> batch, Answer answer) {
    int from = 0;
    for (Ready each : batch) {
      int to = from + each.commands().size();
      if (answer instanceof Answer.Replied replied) {
        results[each.fenced().place()] = each.go().executed(replied.replies().subList(from, to));
      } else {
        stop(each.fenced(), Answer.toResult(answer));
      }
      from = to;
    }
  }
}
