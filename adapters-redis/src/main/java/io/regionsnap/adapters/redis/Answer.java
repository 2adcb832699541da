package io.regionsnap.adapters.redis;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.redis.dialect.ErrorReply;
import io.regionsnap.redis.dialect.Reply;

/** What came of one command. */
sealed interface Answer {

  /** The server answered. */
  record Replied(Reply reply) implements Answer {}

  /** The command left, or may have left, and its answer never came. */
  record Lost(String message) implements Answer {}

  /** No byte of the command left this machine. */
  record Unsent(String message) implements Answer {}

  /** What this means for a transaction that the command would have applied. */
  static CommitResult toResult(Answer answer) {
    if (answer instanceof Lost lost) {
      return new CommitResult.InDoubt(lost.message());
    } else if (answer instanceof Unsent unsent) {
      return unsent(unsent.message());
    }
    throw new IllegalArgumentException("the server did answer");
  }

  /** What this means for a transaction that the command could not have changed anything of. */
  static CommitResult toRefusal(Answer answer) {
    return answer instanceof Unsent unsent
        ? unsent(unsent.message())
        : new CommitResult.NotApplied(new StoreRefusal.Unavailable(message(answer)));
  }

  /** Whether a node refused because it is no primary. */
  static boolean isDemotion(CommitResult result) {
    return result instanceof CommitResult.NotApplied notApplied
        && notApplied.reason() instanceof StoreRefusal.Unavailable unavailable
        && unavailable.message().contains("READONLY");
  }

  /** A server that will not have this user is no use asking again; any other may be. */
  private static CommitResult unsent(String message) {
    return ErrorReply.of(message) == ErrorReply.REJECTED
        ? new CommitResult.NotApplied(new StoreRefusal.Rejected(message))
        : new CommitResult.NotApplied(new StoreRefusal.Unavailable(message));
  }

  /** In words. */
  static String message(Answer answer) {
    if (answer instanceof Lost lost) {
      return lost.message();
    }
    return answer instanceof Unsent unsent ? unsent.message() : "answered";
  }
}
