package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told what a user should know although nothing failed. Called by the thread that commits or
 * reads; must not block. What it throws reaches nobody.
 */
@FunctionalInterface
public interface UpstashListener {

  /**
   * The server runs no scripts for this token; from now on {@link CommitMode#MULTI_EXEC} is used.
   * Told once for each store.
   *
   * @param message what the server said
   */
  void scriptsRefused(String message);

  /**
   * A listener that warns through SLF4J.
   *
   * @return the listener
   */
  static UpstashListener logging() {
    Logger logger = LoggerFactory.getLogger(UpstashStore.class);
    return message -> logger.warn(
        "the server runs no scripts for this token ({}); committing by reads and then /multi-exec,"
            + " between which another writer can come",
        message);
  }
}
