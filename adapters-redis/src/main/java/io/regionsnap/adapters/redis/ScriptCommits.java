package io.regionsnap.adapters.redis;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.ScriptAnswer;
import io.regionsnap.redis.dialect.ScriptAnswer.Decided;
import io.regionsnap.redis.dialect.TransactionScript;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Commits by script: a batch in one flush for each node. */
final class ScriptCommits {
  /** A change of permissions is noticed so soon; asking with every commit would cost. */
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Conversation conversation;
  private final AtomicLong nextCheckNanos = new AtomicLong(System.nanoTime());

  ScriptCommits(Conversation conversation) {
    this.conversation = conversation;
  }

  List<ScriptAnswer> commit(List<Transaction> transactions, Lines lines) {
    boolean check = isCheckDue();
    List<Job<ScriptAnswer>> jobs = new ArrayList<>(transactions.size());
    for (Transaction transaction : transactions) {
      jobs.add(new Job<>(
          transaction.kinds().keySet(),
          TransactionScript.of(transaction, check).firstRound(),
          missing -> new Decided(Answer.toResult(missing)),
          message -> new Decided(new CommitResult.InDoubt(message))));
    }
    return conversation.run(jobs, lines);
  }

  private boolean isCheckDue() {
    long now = System.nanoTime();
    long due = nextCheckNanos.get();
    return now - due >= 0 && nextCheckNanos.compareAndSet(due, now + CHECK_NANOS);
  }
}
