package io.regionsnap.testkit.rest;

import io.regionsnap.ports.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param status such as 200
 * @param headers by their names in lower case, without {@code content-length}
 * @param body any bytes
 */
public record RestReply(int status, Map<String, String> headers, Value body) {

  /** Copies the headers. */
  public RestReply {
    headers = Map.copyOf(headers);
  }

  /**
   * A JSON answer.
   *
   * @param status such as 200
   * @param body a JSON text, or one that only claims to be
   * @return the answer
   */
  public static RestReply json(int status, String body) {
    return json(status, Value.utf8(body));
  }

  static RestReply json(int status, Value body) {
    return new RestReply(status, Map.of("content-type", "application/json"), body);
  }

  /**
   * A plain text answer, as of something between client and server.
   *
   * @param status such as 502
   * @param body any text
   * @return the answer
   */
  public static RestReply text(int status, String body) {
    return new RestReply(
        status, Map.of("content-type", "text/plain; charset=utf-8"), Value.utf8(body));
  }

  /**
   * The same answer with one more header.
   *
   * @param name in lower case
   * @param value replaces what the header was
   * @return a new answer
   */
  public RestReply withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new RestReply(status, more, body);
  }

  /**
   * The same answer with another body.
   *
   * @param replaced any bytes
   * @return a new answer
   */
  public RestReply withBody(Value replaced) {
    return new RestReply(status, headers, replaced);
  }
}
