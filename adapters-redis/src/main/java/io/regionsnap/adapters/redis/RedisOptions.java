package io.regionsnap.adapters.redis;

import io.regionsnap.redis.dialect.CommitMode;
import java.time.Duration;

/**
 * How a store uses its server.
 *
 * @param mode how transactions are committed
 * @param connectTimeout how long to wait for a connection, its handshake included
 * @param timeout how long to wait for answers, each round trip; a commit that is not answered by
 *     then is in doubt
 * @param durableReplicas how many replicas are to confirm a commit before it is reported; 0 for not
 *     waiting
 * @param stagingFromBytes from which size on a body is sent beside the script of its commit, under
 *     a key of its own that expires within minutes, instead of through it
 * @param listener told of what a user should know
 */
public record RedisOptions(
    CommitMode mode,
    Duration connectTimeout,
    Duration timeout,
    int durableReplicas,
    int stagingFromBytes,
    RedisListener listener) {

  /** Below, a second command costs about what it saves, by rough measurement; see decision 0006. */
  private static final int STAGING_PAYS_BYTES = 8 * 1024;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a timeout is not positive or a number negative
   */
  public RedisOptions {
    if (connectTimeout.toMillis() < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException("timeouts are at least a millisecond");
    }
    if (durableReplicas < 0) {
      throw new IllegalArgumentException("durableReplicas is negative: " + durableReplicas);
    }
    if (stagingFromBytes < 0) {
      throw new IllegalArgumentException("stagingFromBytes is negative: " + stagingFromBytes);
    }
  }

  /**
   * {@link CommitMode#AUTO}, 3 s to connect, 5 s for answers, no waiting for replicas, bodies
   * staged from where it pays, warnings to SLF4J.
   *
   * @return the options
   */
  public static RedisOptions defaults() {
    return new RedisOptions(
        CommitMode.AUTO,
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        0,
        STAGING_PAYS_BYTES,
        RedisListener.logging());
  }

  /**
   * The same with another mode.
   *
   * @param newMode how transactions are committed
   * @return the options
   */
  public RedisOptions withMode(CommitMode newMode) {
    return new RedisOptions(
        newMode, connectTimeout, timeout, durableReplicas, stagingFromBytes, listener);
  }

  /**
   * The same with other time limits.
   *
   * @param newConnectTimeout how long to wait for a connection
   * @param newTimeout how long to wait for answers
   * @return the options
   */
  public RedisOptions withTimeouts(Duration newConnectTimeout, Duration newTimeout) {
    return new RedisOptions(
        mode, newConnectTimeout, newTimeout, durableReplicas, stagingFromBytes, listener);
  }

  /**
   * The same, waiting for replicas.
   *
   * @param replicas how many are to confirm a commit; 0 for none
   * @return the options
   */
  public RedisOptions withDurableReplicas(int replicas) {
    return new RedisOptions(mode, connectTimeout, timeout, replicas, stagingFromBytes, listener);
  }

  /**
   * The same with another size from which bodies are staged.
   *
   * @param bytes the smallest size; {@link Integer#MAX_VALUE} for never
   * @return the options
   */
  public RedisOptions withStagingFrom(int bytes) {
    return new RedisOptions(mode, connectTimeout, timeout, durableReplicas, bytes, listener);
  }

  /**
   * The same with another listener.
   *
   * @param newListener told of what a user should know
   * @return the options
   */
  public RedisOptions withListener(RedisListener newListener) {
    return new RedisOptions(
        mode, connectTimeout, timeout, durableReplicas, stagingFromBytes, newListener);
  }
}
