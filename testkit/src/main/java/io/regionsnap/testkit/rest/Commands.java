package io.regionsnap.testkit.rest;

import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs commands on one connection: one by one, or as one transaction. */
final class Commands {
  private final CommandTable table;
  private final long maxRecordBytes;

  Commands(CommandTable table, long maxRecordBytes) {
    this.table = table;
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * An error of one command.
   *
   * @param message as Redis words it
   */
  record Failure(String message) {}

  /**
   * How a transaction ended.
   *
   * @param cause why it was discarded whole: what the first command that was refused got
   * @param verdict what EXEC said then
   * @param replies else a reply or a {@link RespError} of each command
   */
  record Ended(
      Optional<String> cause, Optional<String> verdict, List<? extends @Nullable Object> replies) {

    static Ended discarded(String cause, String verdict) {
      return new Ended(Optional.of(cause), Optional.of(verdict), List.of());
    }
  }

  /**
   * A reply or a {@link Failure} of each, in order, and nothing in one keeps the next from running.
   */
  List<@Nullable Object> runEach(RespClient redis, List<RestCommand> commands) {
    List<@Nullable Object> replies = new ArrayList<>();
    for (RestCommand command : commands) {
      String refusal = refusal(command).orElse(null);
      replies.add(refusal == null ? run(redis, command) : new Failure(refusal));
    }
    return replies;
  }

  /** MULTI, the commands, EXEC. What is refused before EXEC discards the whole. */
  Ended runAtomically(RespClient redis, List<RestCommand> commands) {
    for (RestCommand command : commands) {
      String refusal = refusal(command).orElse(null);
      if (refusal != null) {
        return Ended.discarded(refusal, refusal);
      }
    }
    redis.call("MULTI");
    List<String> refused = new ArrayList<>();
    for (RestCommand command : commands) {
      if (run(redis, command) instanceof Failure failure) {
        refused.add(failure.message());
      }
    }
    try {
      List<?> replies = redis.list("EXEC");
      return new Ended(Optional.empty(), Optional.empty(), replies);
    } catch (RespError e) {
      return Ended.discarded(refused.isEmpty() ? e.text() : refused.get(0), e.text());
    }
  }

  /** Why REST refuses a command that Redis would not. */
  private Optional<String> refusal(RestCommand command) {
    if (!table.isAvailable(command)) {
      return Optional.of("ERR Command is not available: '" + command.name() + "'");
    }
    if (command.longestPart() > maxRecordBytes) {
      return Optional.of("ERR max single record size exceeded. Limit: " + maxRecordBytes
          + " bytes, Actual: " + command.longestPart() + " bytes");
    }
    return Optional.empty();
  }

  private static @Nullable Object run(RespClient redis, RestCommand command) {
    try {
      return redis.call(command.parts().toArray());
    } catch (RespError e) {
      return new Failure(Objects.requireNonNull(e.text()));
    }
  }
}
