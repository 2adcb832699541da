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
 * @param listener told of what a user should know
 */
public record RedisOptions(
    CommitMode mode,
    Duration connectTimeout,
    Duration timeout,
    int durableReplicas,
    RedisListener listener) {

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
  }

  /**
   * {@link CommitMode#AUTO}, 3 s to connect, 5 s for answers, no waiting for replicas, warnings to
   * SLF4J.
   *
   * @return the options
   */
  public static RedisOptions defaults() {
    return new RedisOptions(
        CommitMode.AUTO, Duration.ofSeconds(3), Duration.ofSeconds(5), 0, RedisListener.logging());
  }

  /**
   * The same with another mode.
   *
   * @param newMode how transactions are committed
   * @return the options
   */
  public RedisOptions withMode(CommitMode newMode) {
    return new RedisOptions(newMode, connectTimeout, timeout, durableReplicas, listener);
  }

  /**
   * The same with other time limits.
   *
   * @param newConnectTimeout how long to wait for a connection
   * @param newTimeout how long to wait for answers
   * @return the options
   */
  public RedisOptions withTimeouts(Duration newConnectTimeout, Duration newTimeout) {
    return new RedisOptions(mode, newConnectTimeout, newTimeout, durableReplicas, listener);
  }

  /**
   * The same, waiting for replicas.
   *
   * @param replicas how many are to confirm a commit; 0 for none
   * @return the options
   */
  public RedisOptions withDurableReplicas(int replicas) {
    return new RedisOptions(mode, connectTimeout, timeout, replicas, listener);
  }

  /**
   * The same with another listener.
   *
   * @param newListener told of what a user should know
   * @return the options
   */
  public RedisOptions withListener(RedisListener newListener) {
    return new RedisOptions(mode, connectTimeout, timeout, durableReplicas, newListener);
  }
}
