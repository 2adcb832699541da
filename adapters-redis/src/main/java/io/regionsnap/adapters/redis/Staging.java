package io.regionsnap.adapters.redis;

import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.ScriptAnswer;
import io.regionsnap.redis.dialect.TransactionScript;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether large bodies go beside the script, and under which names. Where a user is not permitted
 * what that takes, or a script cannot find out (Redis before 7.0), they go through it from then on.
 * Thread-safe.
 */
final class Staging {
  private static final int HEX = 16;

  private final int fromBytes;
  private final String prefix = Long.toString(new SecureRandom().nextLong(), HEX) + "-";
  private final AtomicLong number = new AtomicLong();
  private volatile boolean works = true;

  Staging(int fromBytes) {
    this.fromBytes = fromBytes;
  }

  TransactionScript script(Transaction transaction) {
    return works
        ? TransactionScript.staging(
            transaction, fromBytes, prefix + Long.toString(number.incrementAndGet(), HEX))
        : TransactionScript.insisting(transaction);
  }

  void learn(List<ScriptAnswer> answers) {
    for (ScriptAnswer answer : answers) {
      if (isHopeless(answer)) {
        works = false;
      }
    }
  }

  static boolean isUnstaged(ScriptAnswer answer) {
    return answer instanceof ScriptAnswer.Unstaged;
  }

  private static boolean isHopeless(ScriptAnswer answer) {
    return answer instanceof ScriptAnswer.Unchecked
        || (answer instanceof ScriptAnswer.Unstaged unstaged && unstaged.forbidden());
  }
}
