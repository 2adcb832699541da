package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.redis.dialect.ErrorReply;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * What the status and the body of an answer mean. One table, first match wins.
 *
 * <p>"Not applied" is said only where the server said that it ran nothing, or where the request was
 * turned away at the door: for the token, for its size, for its number. Whatever is left is in
 * doubt, a 5xx above all: serverless-redis-http, for one, answers 500 after having applied a part.
 */
final class Verdict {
  private static final Pattern CODED = Pattern.compile("[A-Z]{2,}( .*)?", Pattern.DOTALL);

  private interface Meaning {
    Answer of(int status, Body body);
  }

  private record Row(IntPredicate status, BiPredicate<String, Body> applies, Meaning meaning) {}

  private static final List<Row> TABLE = List.of(
      row(
          status -> status == 200,
          Verdict::isItems,
          (status, body) -> new Answer.Replied(((Body.Items) body).replies())),
      // Only a command that ran can have met a key of another kind.
      row(status -> status < 500, says("WRONGTYPE\\b.*"), Verdict::lost),
      row(
          status -> status == 401,
          Verdict::any,
          rejected(
              "the token is not accepted; check UPSTASH_REDIS_REST_TOKEN or the token's file")),
      row(oneOf(200, 400, 403, 413, 429), Verdict::isCoded, Verdict::discarded),
      row(oneOf(400, 403), says("Command not allowed: .*"), Verdict::discarded),
      row(
          status -> status == 403,
          Verdict::any,
          rejected("the request is forbidden; check the URL, the token, and from which addresses"
              + " the database may be reached")),
      row(
          oneOf(404, 405),
          (path, body) -> path.equals(Rest.MULTI_EXEC),
          rejected("there is no /multi-exec, so nothing can be written atomically, and regionsnap"
              + " never writes otherwise; check the URL")),
      row(
          status -> status == 500,
          says(".*multi\\.sendCommand is not a function.*"),
          rejected("its /multi-exec does not work, so nothing can be written atomically, and"
              + " regionsnap never writes otherwise; use another server or another release of it")),
      row(oneOf(404, 405), Verdict::any, rejected("there is no REST API at this URL; check it")),
      row(
          status -> status == 413,
          Verdict::any,
          rejected("the request is too large; lower the byte limit of requests")),
      row(status -> status == 429, Verdict::any, Verdict::tooMany),
      row(
          status -> status >= 300 && status < 400,
          Verdict::any,
          rejected("the server redirects, and a token follows no redirects; give the URL to which"
              + " it leads")));

  private Verdict() {}

  /**
   * Judges an answer.
   *
   * @param path what was asked, such as {@link Rest#PIPELINE}
   * @param status the HTTP status
   * @param body what came with it
   */
  static Answer of(String path, int status, Body body) {
    for (Row row : TABLE) {
      if (row.status().test(status) && row.applies().test(path, body)) {
        return row.meaning().of(status, body);
      }
    }
    return lost(status, body);
  }

  private static Row row(IntPredicate status, BiPredicate<String, Body> applies, Meaning meaning) {
    return new Row(status, applies, meaning);
  }

  private static IntPredicate oneOf(Integer... statuses) {
    return List.of(statuses)::contains;
  }

  private static boolean any(String path, Body body) {
    return true;
  }

  private static BiPredicate<String, Body> says(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    return (path, body) -> body instanceof Body.Failure failure
        && pattern.matcher(failure.message()).matches();
  }

  private static boolean isItems(String path, Body body) {
    return body instanceof Body.Items;
  }

  /** An error of Redis begins with a code; a text of something in between does not. */
  private static boolean isCoded(String path, Body body) {
    return body instanceof Body.Failure failure
        && CODED.matcher(failure.message()).matches();
  }

  private static Answer discarded(int status, Body body) {
    return new Answer.Discarded(((Body.Failure) body).message());
  }

  private static Meaning rejected(String advice) {
    return (status, body) -> new Answer.Refused(
        new StoreRefusal.Rejected("%s: %s".formatted(said(status, body), advice)));
  }

  private static Answer tooMany(int status, Body body) {
    return new Answer.Refused(
        new StoreRefusal.Unavailable(said(status, body) + ": too many requests for now"));
  }

  private static Answer lost(int status, Body body) {
    return new Answer.Lost(said(status, body));
  }

  private static String said(int status, Body body) {
    String what = "an array";
    if (body instanceof Body.Failure failure) {
      what = failure.message();
    } else if (body instanceof Body.Nonsense nonsense) {
      what = nonsense.problem();
    }
    return "the server answered %d (%s)".formatted(status, what);
  }

  /** Whether an answer says that this command is not for this token or on this server. */
  static boolean refuses(Answer answer, String command) {
    return answer instanceof Answer.Discarded discarded
        && ErrorReply.of(discarded.message()) == ErrorReply.REJECTED
        && Pattern.compile("[': ]" + command + "\\b", Pattern.CASE_INSENSITIVE)
            .matcher(discarded.message())
            .find();
  }
}
