package io.regionsnap.redis.dialect;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What an error reply to a commit means. One table, first match wins; errors by <a
 * href="https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors">their
 * code</a>, which clients may rely on, and by their words where the code is only ERR.
 *
 * <p>All but {@link #IN_DOUBT} mean that nothing was changed: Redis checks what they complain about
 * before it runs a command, a script or an EXEC, and the script checks before it writes.
 */
public enum ErrorReply {
  /** The server does not know the script: send its text. */
  SCRIPT_UNKNOWN,
  /** The server runs no scripts for this user: use plain commands. */
  SCRIPTS_REFUSED,
  /** Another node serves the key, for good. */
  MOVED,
  /** Another node serves the key, for this once. */
  ASK,
  /** Not now, perhaps later. */
  UNAVAILABLE,
  /** Not now, and not later either. */
  REJECTED,
  /** Nothing says what happened. */
  IN_DOUBT;

  /** EXEC did nothing, and says why. */
  private static final String DISCARDED = "EXECABORT Transaction discarded because of: ";

  private record Row(ErrorReply meaning, Predicate<String> matches) {}

  private static final List<Row> TABLE = List.of(
      code(SCRIPT_UNKNOWN, "NOSCRIPT"),
      words(SCRIPTS_REFUSED, "NOPERM .*'eval(sha)?'.*"),
      words(SCRIPTS_REFUSED, "ERR unknown command [`']?eval(sha)?\\b.*"),
      words(SCRIPTS_REFUSED, "ERR Command is not available: 'eval(sha)?'.*"),
      words(SCRIPTS_REFUSED, "Command not allowed: eval(sha)?"),
      code(MOVED, "MOVED"),
      code(ASK, "ASK"),
      code(UNAVAILABLE, "TRYAGAIN"),
      code(UNAVAILABLE, "CLUSTERDOWN"),
      code(UNAVAILABLE, "LOADING"),
      code(UNAVAILABLE, "BUSY"),
      code(UNAVAILABLE, "READONLY"),
      code(UNAVAILABLE, "MASTERDOWN"),
      code(UNAVAILABLE, "NOREPLICAS"),
      code(UNAVAILABLE, "MISCONF"),
      words(UNAVAILABLE, "ERR max number of clients reached.*"),
      words(UNAVAILABLE, "ERR MULTI calls can not be nested.*"),
      code(REJECTED, "CROSSSLOT"),
      code(REJECTED, "OOM"),
      code(REJECTED, "NOAUTH"),
      code(REJECTED, "WRONGPASS"),
      code(REJECTED, "NOPERM"),
      code(REJECTED, "DENIED"),
      code(REJECTED, "EXECABORT"),
      words(REJECTED, "ERR unknown command.*"),
      words(REJECTED, "ERR invalid password.*"),
      words(REJECTED, "ERR (invalid DB index|DB index is out of range).*"),
      words(REJECTED, "ERR max .*"),
      words(REJECTED, "ERR DB capacity quota exceeded.*"),
      words(REJECTED, "ERR Command is not available.*"),
      words(REJECTED, "Command not allowed: .*"),
      code(IN_DOUBT, "WRONGTYPE"));

  private static Row code(ErrorReply meaning, String code) {
    return new Row(meaning, message -> message.equals(code) || message.startsWith(code + " "));
  }

  private static Row words(ErrorReply meaning, String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    return new Row(meaning, message -> pattern.matcher(message).matches());
  }

  /**
   * What an error means.
   *
   * @param message the reply, beginning with its code
   * @return its meaning; {@link #IN_DOUBT} for what is not known
   */
  public static ErrorReply of(String message) {
    if (message.startsWith(DISCARDED)) {
      ErrorReply reason = of(message.substring(DISCARDED.length()));
      return reason == IN_DOUBT ? REJECTED : reason;
    }
    return TABLE.stream()
        .filter(row -> row.matches().test(message))
        .map(Row::meaning)
        .findFirst()
        .orElse(IN_DOUBT);
  }

  /** Whether a user lacks a permission, for a command or a key, in a script or outside of one. */
  static boolean isPermission(String message) {
    return message.startsWith("NOPERM ")
        || message.startsWith("ERR The user executing the script can't ");
  }

  /**
   * What becomes of a commit that an error ends, if nobody goes on with a script's text, plain
   * commands or another node.
   *
   * @param message the reply
   * @return not applied, or in doubt
   */
  public static CommitResult toResult(String message) {
    return switch (of(message)) {
      case SCRIPT_UNKNOWN, MOVED, ASK, UNAVAILABLE ->
        new CommitResult.NotApplied(new StoreRefusal.Unavailable(message));
      case SCRIPTS_REFUSED, REJECTED ->
        new CommitResult.NotApplied(new StoreRefusal.Rejected(message));
      case IN_DOUBT -> new CommitResult.InDoubt("the server answered: " + message);
    };
  }

  /**
   * What becomes of a commit of which it is certain that nothing was changed, whatever the error
   * is: it came from a read, from a script that had not written yet, or instead of a transaction.
   *
   * @param message the error
   * @return not applied
   */
  public static CommitResult toRefusal(String message) {
    CommitResult result = toResult(message);
    return result instanceof CommitResult.InDoubt
        ? new CommitResult.NotApplied(new StoreRefusal.Rejected(message))
        : result;
  }
}
