package io.regionsnap.testkit.rest;

import io.regionsnap.ports.Value;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param method such as {@code POST}
 * @param target the path with its query, not decoded
 * @param headers by their names in lower case; the last one of a name
 * @param body the bytes after the headers; empty if there are none
 */
public record RestRequest(String method, String target, Map<String, String> headers, Value body) {

  /** Copies the headers. */
  public RestRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * A header.
   *
   * @param name in lower case
   * @return its value, if it was sent
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * The path, not decoded.
   *
   * @return the target without its query
   */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /**
   * The query, not decoded.
   *
   * @return what follows the question mark; empty if there is none
   */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** Without query, headers and body, where tokens and payloads are. */
  @Override
  public String toString() {
    return "RestRequest[" + method + " " + path() + ", " + body.size() + " bytes]";
  }
}
