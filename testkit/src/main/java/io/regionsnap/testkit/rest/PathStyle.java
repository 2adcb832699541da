package io.regionsnap.testkit.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands in the path: {@code /set/foo/bar?EX=100}. A body comes after the path's parts and before
 * those of the query.
 */
final class PathStyle {
  private PathStyle() {}

  static RestCommand command(RestRequest request) {
    List<byte[]> parts = new ArrayList<>();
    for (String segment : request.path().substring(1).split("/", -1)) {
      // In a path, unlike in a query, a plus sign is a plus sign.
      parts.add(decoded(segment.replace("+", "%2B")));
    }
    if (request.body().size() > 0) {
      parts.add(request.body().toByteArray());
    }
    for (String part : request.query().split("&", -1)) {
      if (!part.isEmpty() && !Tokens.isToken(part)) {
        for (String word : part.split("=", 2)) {
          parts.add(decoded(word));
        }
      }
    }
    return new RestCommand(parts);
  }

  /** The bytes, whatever text they are. */
  private static byte[] decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.ISO_8859_1)
          .getBytes(StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      throw RestRefusal.error(400, "ERR the path is not properly encoded");
    }
  }
}
