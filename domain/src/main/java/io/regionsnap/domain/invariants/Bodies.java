package io.regionsnap.domain.invariants;

import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.ports.Value;
import java.util.IdentityHashMap;

/**
 * Parses bodies, each {@link Value} object once, and keeps them and what came of it. Not
 * thread-safe.
 */
public final class Bodies {
  private final SnapshotParser parser;
  private final IdentityHashMap<Value, SnapshotParser.Result> results = new IdentityHashMap<>();

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
    return results.computeIfAbsent(body, parser::parse);
  }
}
