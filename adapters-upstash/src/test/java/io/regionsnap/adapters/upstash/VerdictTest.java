package io.regionsnap.adapters.upstash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer to two commands means, row by row. */
class VerdictTest {

  private static Answer answer(String path, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Verdict.of(path, status, ReplyReader.read(new ByteArrayInputStream(bytes), 2, false));
  }

  private static String outcome(Answer answer) {
    if (answer instanceof Answer.Replied) {
      return "REPLIED";
    }
    CommitResult result = Advice.with(Answer.toResult(answer));
    return result.match(
        () -> "APPLIED",
        failed -> "GUARD",
        refused -> refused.reason() instanceof StoreRefusal.Rejected ? "REJECTED" : "UNAVAILABLE",
        doubt -> "IN_DOUBT",
        torn -> "TORN");
  }

  private static String message(Answer answer) {
    return answer instanceof Answer.Discarded discarded
        ? Advice.with(discarded.message())
        : Answer.message(answer);
  }

  /** Outcome, status, body, and a part of what is said. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
      REPLIED     | 200 | [{"result":"T0s="},{"result":1}]                    | answered
      REPLIED     | 200 | [{"result":"OK"},{"error":"WRONGTYPE x"}]           | answered
      REPLIED     | 200 | [{"result":["YQ==",["OK",null,7]]},{"result":null}] | answered
      REJECTED    | 200 | {"error":"ERR syntax error"}                        | ERR syntax
      REJECTED    | 400 | {"error":"ERR syntax error"}                        | ERR syntax
      REJECTED    | 400 | {"error":"EXECABORT Transaction discarded"}         | EXECABORT
      UNAVAILABLE | 400 | {"error":"ERR MULTI calls can not be nested"}       | nested
      UNAVAILABLE | 200 | {"error":"LOADING Redis is loading"}                | LOADING
      REJECTED    | 200 | {"error":"WRONGPASS invalid or missing auth token"} | check UPSTASH
      REJECTED    | 400 | {"error":"ERR max daily request limit exceeded. Limit: 1"}   | tomorrow
      REJECTED    | 429 | {"error":"ERR max requests limit exceeded. Limit: 1"}        | budget
      REJECTED    | 413 | {"error":"ERR max request size exceeded. Limit: 1"}          | lower the byte
      REJECTED    | 400 | {"error":"ERR max single record size exceeded. Limit: 1"}    | one value
      REJECTED    | 400 | {"error":"ERR DB capacity quota exceeded"}                   | database is full
      REJECTED    | 400 | {"error":"NOPERM this user has no permissions to run the 'eval' command"} | commit by multi-exec
      REJECTED    | 400 | {"error":"NOPERM this user has no permissions to run the 'set' command"}  | read-only token
      REJECTED    | 400 | {"error":"NOPERM this user has no permissions to run the 'scan' command"} | names no keys
      REJECTED    | 400 | {"error":"ERR Command is not available: 'PEXPIREAT'. See docs"} | leaves out
      REJECTED    | 403 | {"error":"Command not allowed: ZREMRANGEBYSCORE"}   | leaves out
      REJECTED    | 403 | {"error":"Command not allowed: EVAL"}               | commit by multi-exec
      IN_DOUBT    | 200 | {"error":"WRONGTYPE Operation against a key"}       | WRONGTYPE
      IN_DOUBT    | 400 | {"error":"WRONGTYPE Operation against a key"}       | WRONGTYPE
      IN_DOUBT    | 400 | {"error":"execution failed"}                        | execution failed
      IN_DOUBT    | 200 | {"error":""}                                        | 200
      REJECTED    | 401 | {"error":"WRONGPASS invalid or missing auth token"} | token is not accepted
      REJECTED    | 401 | `<html>no</html>`                                   | token is not accepted
      REJECTED    | 403 | `<html>no</html>`                                   | forbidden
      REJECTED    | 403 | {"error":"Forbidden"}                               | forbidden
      REJECTED    | 404 | not found                                           | no /multi-exec
      REJECTED    | 405 | ``                                                  | no /multi-exec
      REJECTED    | 413 | ``                                                  | too large
      UNAVAILABLE | 429 | ``                                                  | too many requests
      UNAVAILABLE | 429 | {"error":"slow down"}                               | too many requests
      REJECTED    | 301 | ``                                                  | redirects
      REJECTED    | 307 | [{"result":"OK"},{"result":1}]                      | redirects
      REJECTED    | 500 | {"error":"multi.sendCommand is not a function"}     | does not work
      IN_DOUBT    | 500 | ``                                                  | 500 (nothing)
      IN_DOUBT    | 500 | {"error":"ERR internal"}                            | ERR internal
      IN_DOUBT    | 500 | [{"result":"OK"},{"result":1}]                      | 500 (an array)
      IN_DOUBT    | 502 | `<html>Bad Gateway</html>`                          | 502 (no whole JSON
      IN_DOUBT    | 503 | ``                                                  | 503
      IN_DOUBT    | 504 | gateway timeout                                     | 504
      IN_DOUBT    | 408 | ``                                                  | 408
      IN_DOUBT    | 400 | `<html>Bad Request</html>`                          | 400
      IN_DOUBT    | 202 | [{"result":"OK"},{"result":1}]                      | 202
      IN_DOUBT    | 204 | ``                                                  | 204
      IN_DOUBT    | 200 | ``                                                  | nothing
      IN_DOUBT    | 200 | `<html>hello</html>`                                | no whole JSON
      IN_DOUBT    | 200 | [{"result":"OK"},{"res                              | no whole JSON
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":1}                       | no whole JSON
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":1}] x                    | no whole JSON
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":1}][]                    | after its end
      IN_DOUBT    | 200 | {"error":"ERR x"}{}                                 | after its end
      IN_DOUBT    | 200 | {"result":"OK"}                                     | one result instead
      IN_DOUBT    | 200 | []                                                  | 0 instead of the 2
      IN_DOUBT    | 200 | [{"result":"OK"}]                                   | 1 instead of the 2
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":1},{"result":1}]         | more than the 2
      IN_DOUBT    | 200 | [{"result":"OK"},{}]                                | without a field
      IN_DOUBT    | 200 | [{"result":"OK"},{"value":1}]                       | neither a result
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":1,"error":"ERR x"}]      | more than one field
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":1,"took":3}]             | more than one field
      IN_DOUBT    | 200 | [{"result":"OK"},{"error":1}]                       | error that is no text
      IN_DOUBT    | 200 | [{"result":"OK"},"OK"]                              | no object
      IN_DOUBT    | 200 | ["OK",1]                                            | no object
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":{}}]                     | of a kind
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":true}]                   | of a kind
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":1.5}]                    | of a kind
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":99999999999999999999}]   | no whole JSON
      IN_DOUBT    | 200 | [{"result":"OK"},{"result":"not base64"}]           | not base64
      IN_DOUBT    | 200 | "OK"                                                | neither an array
      IN_DOUBT    | 200 | null                                                | neither an array
      """)
  void answer_toMultiExec_means(String outcome, int status, String body, String says)
      throws IOException {
    Answer answer = answer(Rest.MULTI_EXEC, status, body == null ? "" : body);
    assertThat(outcome(answer)).isEqualTo(outcome);
    assertThat(message(answer)).contains(says);
  }

  @Test
  void notFound_byAPipeline_meansThatThereIsNoApi() throws IOException {
    assertThat(message(answer(Rest.PIPELINE, 404, "")))
        .contains("no REST API")
        .doesNotContain("multi-exec");
  }

  @Test
  void lost_neverQuotesABody() throws IOException {
    assertThat(message(answer(Rest.MULTI_EXEC, 502, "<html>secret payload</html>")))
        .doesNotContain("secret", "payload");
    assertThat(message(answer(Rest.MULTI_EXEC, 200, "[{\"result\":\"OK\"},{\"secret\":1}]")))
        .doesNotContain("secret");
  }
}
