package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.redis.dialect.ErrorReply;
import io.regionsnap.redis.dialect.Reply;
import java.util.List;

/** What came of a request. */
sealed interface Answer {

  /** The commands ran; one reply each. */
  record Replied(List<Reply> replies) implements Answer {}

  /** The server said why it ran none of the commands, in its own words. */
  record Discarded(String message) implements Answer {}

  /** No command ran: the request did not leave, or was turned away. */
  record Refused(StoreRefusal reason) implements Answer {}

  /** The request left, or may have left, and nothing says what came of it. */
  record Lost(String message) implements Answer {}

  /** What this means for a transaction that was in the request. */
  static CommitResult toResult(Answer answer) {
    if (answer instanceof Discarded discarded) {
      return ErrorReply.toRefusal(discarded.message());
    } else if (answer instanceof Refused refused) {
      return new CommitResult.NotApplied(refused.reason());
    } else if (answer instanceof Lost lost) {
      return new CommitResult.InDoubt(lost.message());
    }
    throw new IllegalArgumentException("the server did answer");
  }

  /** What this means for a transaction that was to follow in a later request, which is not sent. */
  static CommitResult toUnsent(Answer answer) {
    if (answer instanceof Lost lost) {
      return new CommitResult.NotApplied(new StoreRefusal.Unavailable(
          "not sent, because what was to come before it is in doubt: " + lost.message()));
    }
    return toResult(answer);
  }

  /** In words. */
  static String message(Answer answer) {
    if (answer instanceof Discarded discarded) {
      return discarded.message();
    } else if (answer instanceof Lost lost) {
      return lost.message();
    } else if (answer instanceof Refused refused) {
      return refused
          .reason()
          .match(
              wrong -> wrong.key().name(),
              StoreRefusal.Unavailable::message,
              StoreRefusal.Rejected::message);
    }
    return "answered";
  }
}
