package io.regionsnap.redis.dialect;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.PlainTransaction.Judgement;
import io.regionsnap.redis.dialect.PlainTransaction.Stop;
import io.regionsnap.redis.dialect.Reply.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The reads before a transaction of plain commands, on their way to a judgement. Immutable. */
final class PlainRounds {
  private final Transaction transaction;
  private final Needs needs;
  private final PlainReads plan;
  private final Function<Seen, Judgement> judge;

  /**
   * Reads that are to come.
   *
   * @param judge what to make of them
   */
  PlainRounds(
      Transaction transaction, Needs needs, PlainReads plan, Function<Seen, Judgement> judge) {
    this.transaction = transaction;
    this.needs = needs;
    this.plan = plan;
    this.judge = judge;
  }

  /**
   * The first round.
   *
   * @param before commands that come before the reads, in the same instant
   */
  Round<Judgement> first(List<Command> before) {
    List<Read> reads = List.copyOf(plan.reads());
    List<Command> commands = new ArrayList<>(before);
    commands.addAll(commands(reads));
    if (plan.needsClock()) {
      commands.add(Command.of("TIME"));
    }
    return new Round<>(commands, replies -> {
      for (Reply first : replies.subList(0, before.size())) {
        if (first instanceof Failure failure) {
          return stop(ErrorReply.toRefusal(failure.message()));
        }
      }
      return afterFirst(reads, replies.subList(before.size(), replies.size()));
    });
  }

  private static List<Command> commands(List<Read> reads) {
    return reads.stream().map(Read::command).toList();
  }

  private Round.Step<Judgement> afterFirst(List<Read> reads, List<Reply> replies) {
    for (int i = 0; i < replies.size(); i++) {
      if (Replies.isWrongType(replies.get(i))
          || (reads.size() > i
              && reads.get(i) instanceof Read.OtherKind
              && Replies.isValueOrIndex(replies.get(i)))) {
        return wrongKind(reads.get(i).key());
      } else if (replies.get(i) instanceof Failure failure) {
        return stop(ErrorReply.toRefusal(failure.message()));
      }
    }
    Map<Read, Reply> known = new HashMap<>();
    for (int i = 0; i < reads.size(); i++) {
      known.put(reads.get(i), replies.get(i));
    }
    long clock = plan.needsClock() ? Replies.clock(replies.get(reads.size())) : 0;
    Seen seen = new Seen(known, needs, clock);
    List<Read> pointed = List.copyOf(pointedMembers(seen));
    if (pointed.isEmpty()) {
      return new Round.Done<>(judge.apply(seen));
    }
    return Round.more(commands(pointed), more -> {
      for (int i = 0; i < pointed.size(); i++) {
        if (more.get(i) instanceof Failure failure) {
          return stop(ErrorReply.toRefusal(failure.message()));
        }
        known.put(pointed.get(i), more.get(i));
      }
      return new Round.Done<>(judge.apply(seen));
    });
  }

  private static Round.Step<Judgement> stop(CommitResult result) {
    return new Round.Done<>(new Stop(result));
  }

  private static Round.Step<Judgement> wrongKind(Key key) {
    return Round.more(List.of(Command.of("TYPE", key)), replies -> {
      if (replies.get(0) instanceof Failure failure) {
        return stop(ErrorReply.toRefusal(failure.message()));
      }
      Optional<Kind> found = Replies.kind(replies.get(0));
      return stop(new CommitResult.NotApplied(
          found.isPresent()
              ? new StoreRefusal.WrongKind(key, found.get())
              : new StoreRefusal.Unavailable(key + " changed while it was looked at")));
    });
  }

  /**
   * Members that are known only once the pointer that names them has been read. It is nearly always
   * the top, of which everything is known.
   */
  private Set<Read> pointedMembers(Seen seen) {
    Set<Read> reads = new LinkedHashSet<>();
    for (Guard guard : flat(transaction.guards())) {
      if (guard instanceof Guard.AbsentOrMember pointer) {
        Optional<Value> held = seen.value(pointer.key());
        held.filter(member -> !seen.knowsScore(pointer.index(), member))
            .ifPresent(member -> reads.add(new Read.Score(pointer.index(), member)));
      }
    }
    return reads;
  }

  private static List<Guard> flat(List<Guard> guards) {
    List<Guard> flat = new ArrayList<>();
    for (Guard guard : guards) {
      flat.add(guard);
      if (guard instanceof Guard.NotAll all) {
        flat.addAll(all.guards());
      }
    }
    return flat;
  }
}
