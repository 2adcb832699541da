package io.regionsnap.testkit.rest;

import io.regionsnap.testkit.rest.RedisSide.User;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The two tokens of a server.
 *
 * @param owner permits everything
 * @param reader permits reads, except looking for keys
 */
record Tokens(String owner, String reader) {
  private static final String BEARER = "Bearer ";
  private static final String PARAMETER = "_token=";

  static Tokens make() {
    return new Tokens(UUID.randomUUID().toString(), UUID.randomUUID().toString());
  }

  /** On whose behalf a request is made, if it carries one of them. */
  Optional<User> userOf(RestRequest request) {
    return request
        .header("authorization")
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()))
        .or(() -> parameter(request))
        .flatMap(this::userOf);
  }

  private Optional<User> userOf(String token) {
    if (token.equals(owner)) {
      return Optional.of(User.OWNER);
    }
    return token.equals(reader) ? Optional.of(User.READER) : Optional.empty();
  }

  private static Optional<String> parameter(RestRequest request) {
    return Arrays.stream(request.query().split("&", -1))
        .filter(Tokens::isToken)
        .map(part -> part.substring(PARAMETER.length()))
        .findFirst();
  }

  /** Whether this is the part of a query that carries a token. */
  static boolean isToken(String part) {
    return part.startsWith(PARAMETER);
  }

  @Override
  public String toString() {
    return "Tokens[hidden]";
  }
}
