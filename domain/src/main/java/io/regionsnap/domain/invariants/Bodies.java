package io.regionsnap.domain.invariants;

import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.ports.Value;
import java.util.Optional;

/**
 * Parses a body, and not again if it is the same as the last: the two views of a snapshot are
 * judged one after the other. Not thread-safe.
 */
public final class Bodies {
  private final SnapshotParser parser;
  private Optional<Value> last = Optional.empty();
  private Optional<SnapshotParser.Result> result = Optional.empty();

  /**
   * Bodies of which none was parsed yet.
   *
   * @param parser parses them
   */
  public Bodies(SnapshotParser parser) {
    this.parser = parser;
  }

  /**
   * Parses a body.
   *
   * @param body its bytes
   * @return what {@link SnapshotParser#parse} says
   */
  public SnapshotParser.Result parse(Value body) {
    if (result.isEmpty() || !last.equals(Optional.of(body))) {
      last = Optional.of(body);
      result = Optional.of(parser.parse(body));
    }
    return result.orElseThrow();
  }
}
