package io.regionsnap.redis.dialect;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.Reply.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether a user may run every command that scripts of transactions write with, on
 * servers that cannot say so in a script: Redis before 7.0.
 *
 * <p>The commands are queued after MULTI and discarded. A server looks at <a
 * href="https://redis.io/docs/latest/develop/interact/transactions/#errors-inside-a-transaction">permissions
 * when a command is queued</a>, and nothing is executed. MULTI has a round of its own, so that
 * nothing follows it unless it was accepted: commands that nobody queues would run. A user who may
 * run scripts but neither MULTI nor DISCARD cannot be asked about, and is refused.
 *
 * <p>Which keys a user may touch need not be asked: the script reads every key before it writes,
 * and before 7.0 who may read a key may write it.
 *
 * <p>The connection must be one that nobody else uses meanwhile; redirects must not be followed;
 * and after anything but success it must be closed, for it may be in the middle of the MULTI.
 */
public final class PermissionProbe {
  private final Map<String, Key> commands;

  private PermissionProbe(Map<String, Key> commands) {
    this.commands = commands;
  }

  /**
   * A probe of all commands of some transactions.
   *
   * @param transactions what is to be done, all by one server
   * @return the probe
   */
  public static PermissionProbe of(Collection<Transaction> transactions) {
    Map<String, Key> commands = new LinkedHashMap<>();
    for (Transaction transaction : transactions) {
      for (WriteCommands.Needed needed : WriteCommands.of(transaction, Optional.empty())) {
        commands.put(needed.command(), needed.keys().get(0));
      }
    }
    return new PermissionProbe(commands);
  }

  /**
   * What is asked about.
   *
   * @return the names of commands, in capital letters
   */
  public Set<String> commands() {
    return Set.copyOf(commands.keySet());
  }

  /**
   * MULTI, and if it was accepted the commands and DISCARD.
   *
   * @return the first round; its result is what becomes of transactions that need the commands, or
   *     empty if nothing stands against them
   */
  public Round<Optional<CommitResult>> firstRound() {
    return new Round<>(List.of(Command.of("MULTI")), replies -> {
      if (replies.get(0) instanceof Failure failure) {
        return new Round.Done<>(Optional.of(unasked("MULTI", failure)));
      }
      List<Command> queued = new ArrayList<>();
      commands.forEach((name, key) -> queued.add(example(name, key)));
      queued.add(Command.of("DISCARD"));
      return Round.more(queued, more -> new Round.Done<>(judge(more)));
    });
  }

  private static Command example(String name, Key key) {
    return switch (name) {
      case "DEL", "EXISTS" -> Command.of(name, key);
      case "RENAME" -> Command.of(name, key, key);
      case "PEXPIREAT", "ZSCORE" -> Command.of(name, key, 0);
      case "SET" -> Command.of(name, key, "");
      default -> Command.of(name, key, 0, 0);
    };
  }

  private static Optional<CommitResult> judge(List<Reply> replies) {
    Reply discarded = replies.get(replies.size() - 1);
    for (Reply reply : replies) {
      if (reply instanceof Failure failure) {
        return Optional.of(
            reply == discarded
                ? unasked("DISCARD", failure)
                : ErrorReply.toRefusal(failure.message()));
      }
    }
    return Optional.empty();
  }

  private static CommitResult unasked(String command, Failure failure) {
    CommitResult refusal = ErrorReply.toRefusal(failure.message());
    return refusal.equals(new CommitResult.NotApplied(new StoreRefusal.Rejected(failure.message())))
        ? new CommitResult.NotApplied(new StoreRefusal.Rejected(
            "what this user may do cannot be asked of a server before Redis 7.0 without " + command
                + "; permit it (+@transaction): " + failure.message()))
        : refusal;
  }
}
