package io.regionsnap.app.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the token of an Upstash server is.
 *
 * @param file the file that holds it, if one was named
 * @param environment the environment variables, one of which may hold it
 */
public record RestToken(Optional<Path> file, Map<String, String> environment) {
  /** The environment variable that holds a token. */
  public static final String VARIABLE = "UPSTASH_REDIS_REST_TOKEN";

  /** Copies the map. */
  public RestToken {
    environment = Map.copyOf(environment);
  }

  /**
   * Reads the token: from the file, if there is one, else from the variable. A line end after it
   * does not belong to it.
   *
   * @return the token, not empty
   * @throws UnusableStoreException if there is none
   */
  String read() {
    if (file.isPresent()) {
      return notEmpty(read(file.get()), "--token-file: %s is empty".formatted(file.get()));
    }
    return notEmpty(
        environment.getOrDefault(VARIABLE, ""),
        "an Upstash server needs a token: set %s, or give --token-file FILE".formatted(VARIABLE));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UnusableStoreException("--token-file: cannot read %s".formatted(file));
    }
  }

  private static String notEmpty(String text, String otherwise) {
    String token = text.strip();
    if (token.isEmpty()) {
      throw new UnusableStoreException(otherwise);
    }
    return token;
  }

  /** Where it is, and never what it is. */
  @Override
  public String toString() {
    return "RestToken[" + file.map(Path::toString).orElse(VARIABLE) + "]";
  }
}
