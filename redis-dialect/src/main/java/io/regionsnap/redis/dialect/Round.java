package io.regionsnap.redis.dialect;

import java.util.List;
import java.util.function.Function;

/**
 * One exchange with a server on the way to a result: what to send, and what to make of the answers.
 * Rounds of many transactions or queries travel together.
 *
 * @param commands in the order in which they are sent and executed
 * @param next takes one reply for each command, in order, and says how to go on; throws
 *     {@link UnexpectedReplyException} if they make no sense. May be called by any thread
 * @param <R> the result
 */
public record Round<R>(List<Command> commands, Function<List<Reply>, Step<R>> next) {
  /** Copies the list. */
  public Round {
    commands = List.copyOf(commands);
  }

  /**
   * How to go on.
   *
   * @param <R> the result
   */
  public sealed interface Step<R> {}

  /**
   * It is over.
   *
   * @param result what came of it
   * @param <R> the result
   */
  public record Done<R>(R result) implements Step<R> {}

  /**
   * Another round is needed.
   *
   * @param round the round
   * @param <R> the result
   */
  public record More<R>(Round<R> round) implements Step<R> {}

  /** The next step that asks for more. */
  static <R> Step<R> more(List<Command> commands, Function<List<Reply>, Step<R>> next) {
    return new More<>(new Round<>(commands, next));
  }
}
