package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.redis.dialect.Reply.Failure;
import io.regionsnap.redis.dialect.Reply.Many;
import io.regionsnap.redis.dialect.Reply.Nil;
import io.regionsnap.redis.dialect.Reply.Whole;
import java.util.Optional;

/**
 * A command of a transaction, and what it answers if all is well.
 *
 * @param writes the key that it changes; empty if it only prepares what the next such command does
 */
record Said(Command command, Optional<Key> writes, Expected expected) {

  /** What a command answers. */
  enum Expected {
    /** One if the fence stands, zero if it is gone. */
    FENCE_STANDS,
    ONE,
    ZERO,
    NUMBER,
    OK,
    /** A number, a word or bytes. */
    RESULT;

    boolean isMetBy(Reply reply) {
      return switch (this) {
        case FENCE_STANDS, ONE -> reply.equals(new Whole(1));
        case ZERO -> reply.equals(new Whole(0));
        case NUMBER -> reply instanceof Whole;
        case OK ->
          isResult(reply) && !(reply instanceof Whole) && Replies.text(reply).equals("OK");
        case RESULT -> isResult(reply);
      };
    }

    private static boolean isResult(Reply reply) {
      return !(reply instanceof Failure || reply instanceof Nil || reply instanceof Many);
    }
  }
}
