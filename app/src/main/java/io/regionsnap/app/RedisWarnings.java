package io.regionsnap.app;

import io.regionsnap.adapters.redis.RedisListener;
import java.util.function.Consumer;

/**
 * Tells the user what nobody else would: one line each.
 *
 * @param notes takes one line at a time
 */
record RedisWarnings(Consumer<String> notes) implements RedisListener {
  @Override
  public void scriptsRefused(String message) {
    notes.accept(
        "warning: the server refuses scripts (%s); committing by WATCH and MULTI/EXEC, as strict and"
                .formatted(message)
            + " a round trip slower");
  }

  @Override
  public void fewerReplicas(int wanted, int confirmed) {
    notes.accept("warning: persisted, and confirmed by %s of the %d replicas asked for"
        .formatted(confirmed < 0 ? "an unknown number" : Integer.toString(confirmed), wanted));
  }
}
