package io.regionsnap.app;

import io.regionsnap.adapters.upstash.UpstashListener;
import java.util.function.Consumer;

/**
 * Tells the user what nobody else would: one line each.
 *
 * @param notes takes one line at a time
 */
record UpstashWarnings(Consumer<String> notes) implements UpstashListener {
  @Override
  public void scriptsRefused(String message) {
    notes.accept(
        "warning: the server refuses scripts (%s); committing by reads and then /multi-exec, all or"
                .formatted(message)
            + " nothing only as long as nobody else writes between the two");
  }
}
