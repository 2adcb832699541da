package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import java.util.List;
import java.util.regex.Pattern;

/** What a user can do about the error of a server. One table, first match wins. */
final class Advice {
  private record Row(Pattern said, String advice) {}

  private static final List<Row> TABLE = List.of(
      row(
          "ERR max daily request limit exceeded",
          "the plan's requests of the day are used up: go on" + " tomorrow, or change the plan"),
      row(
          "ERR max requests limit exceeded",
          "the plan's requests are used up: change the plan or" + " its budget"),
      row("ERR max request size exceeded", "lower the byte limit of requests"),
      row("ERR max single record size exceeded", "one value is larger than the plan allows"),
      row(
          "ERR DB capacity quota exceeded",
          "the database is full: delete what is not needed, or" + " change the plan"),
      row("WRONGPASS|NOAUTH", "check UPSTASH_REDIS_REST_TOKEN or the token's file"),
      row(
          "NOPERM .*'eval(sha)?'|(ERR )?Command (not allowed|is not available): '?eval",
          "the token may not" + " run scripts: commit by multi-exec, or by auto, which finds out"),
      row(
          "NOPERM .*'(scan|keys)'",
          "a read-only token names no keys: use the token that may write,"
              + " or one with an ACL of its own"),
      row("NOPERM", "is this the read-only token? Writing needs the other one"),
      row(
          "(ERR )?Command (not allowed|is not available)",
          "this server leaves out a command that is" + " needed: use another server, or allow it"));

  private Advice() {}

  private static Row row(String said, String advice) {
    return new Row(Pattern.compile(said, Pattern.CASE_INSENSITIVE), advice);
  }

  /** The message, with advice where there is some. */
  static String with(String message) {
    return TABLE.stream()
        .filter(row -> row.said().matcher(message).lookingAt())
        .findFirst()
        .map(row -> message + " (" + row.advice() + ")")
        .orElse(message);
  }

  /** The result, with advice where there is some. */
  static CommitResult with(CommitResult result) {
    if (result instanceof CommitResult.NotApplied notApplied
        && notApplied.reason() instanceof StoreRefusal.Rejected rejected) {
      return new CommitResult.NotApplied(new StoreRefusal.Rejected(with(rejected.message())));
    }
    return result;
  }
}
