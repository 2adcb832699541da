package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told what a user should know although nothing failed. Called by the thread that commits; must
 * not block. What it throws reaches nobody.
 */
public interface RedisListener {

  /**
   * The server runs no scripts for this user; from now on {@link CommitMode#MULTI_EXEC} is used.
   * Told once for each store.
   *
   * @param message what the server said
   */
  void scriptsRefused(String message);

  /**
   * Transactions were applied, but fewer replicas than wished confirmed them in time. They are not
   * undone: they are on the primary, and on their way to the replicas.
   *
   * @param wanted how many replicas were wished for
   * @param confirmed how many confirmed; -1 if the server did not say
   */
  void fewerReplicas(int wanted, int confirmed);

  /**
   * A listener that warns through SLF4J.
   *
   * @return the listener
   */
  static RedisListener logging() {
    Logger logger = LoggerFactory.getLogger(RedisStore.class);
    return new RedisListener() {
      @Override
      public void scriptsRefused(String message) {
        logger.warn(
            "the server runs no scripts for this user ({}); committing by WATCH and MULTI/EXEC,"
                + " which takes two round trips and judges the server's clock a moment earlier",
            message);
      }

      @Override
      public void fewerReplicas(int wanted, int confirmed) {
        logger.warn("persisted, but confirmed by {} of {} replicas", confirmed, wanted);
      }
    };
  }
}
