package io.regionsnap.redis.dialect;

import java.util.ArrayList;
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

  /**
   * The same with another result.
   *
   * @param function makes it of the result
   * @param <S> the other result
   * @return the round
   */
  public <S> Round<S> map(Function<? super R, ? extends S> function) {
    return new Round<>(commands, replies -> map(next.apply(replies), function));
  }

  private static <R, S> Step<S> map(Step<R> step, Function<? super R, ? extends S> function) {
    return step instanceof More<R> more
        ? new More<>(more.round().map(function))
        : new Done<>(function.apply(((Done<R>) step).result()));
  }

  /** Rounds side by side: each goes on for as long as it needs to. */
  static <R> Round<List<R>> all(List<Round<R>> rounds) {
    List<Command> commands =
        rounds.stream().flatMap(round -> round.commands().stream()).toList();
    return new Round<>(commands, replies -> {
      List<Step<R>> steps = new ArrayList<>();
      int from = 0;
      for (Round<R> round : rounds) {
        int to = from + round.commands().size();
        steps.add(round.next().apply(replies.subList(from, to)));
        from = to;
      }
      return together(steps);
    });
  }

  /** Steps side by side. */
  static <R> Step<List<R>> together(List<Step<R>> steps) {
    if (steps.stream().allMatch(Done.class::isInstance)) {
      return new Done<>(steps.stream().map(step -> ((Done<R>) step).result()).toList());
    }
    return new More<>(all(steps.stream().map(Round::asRound).toList()));
  }

  /** A step as a round; one without commands if it is over. */
  private static <R> Round<R> asRound(Step<R> step) {
    return step instanceof More<R> more ? more.round() : new Round<>(List.of(), nothing -> step);
  }
}
