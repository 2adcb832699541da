package io.regionsnap.ports;

import java.util.Optional;

/**
 * The answer to {@link Query.Inspect}.
 *
 * @param description what the key holds, and until when
 * @param value its bytes if it is a value, and empty if it is something else
 */
public record Inspected(KeyDescription description, Optional<Value> value) {
  /**
   * Checks that they agree.
   *
   * @throws IllegalArgumentException if a value has no bytes, or something else has some
   */
  public Inspected {
    if (value.isPresent() != (description.kind() == Kind.VALUE)) {
      throw new IllegalArgumentException("bytes, and " + description.kind());
    }
  }
}
