package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.CommitMode;
import java.time.Duration;

/**
 * How a store uses its server.
 *
 * @param mode how transactions are committed; {@link UpstashStore} says what each promises
 * @param connectTimeout how long to wait for a connection, its handshake included
 * @param timeout how long to wait for the next bytes of an answer, or to get rid of the next of a
 *     request
 * @param callTimeout how long a request may take in all
 * @param maxRequestBytes the largest body of a request; a batch that is larger goes in several
 * @param allowPlainHttp whether {@code http://} may go to other machines, with the token for
 *     everybody on the way to read
 * @param listener told of what a user should know
 */
public record UpstashOptions(
    CommitMode mode,
    Duration connectTimeout,
    Duration timeout,
    Duration callTimeout,
    int maxRequestBytes,
    boolean allowPlainHttp,
    UpstashListener listener) {

  /**
   * What fits into a request of 10 MB, which is what Upstash takes on its small plans, with room to
   * spare.
   */
  public static final int DEFAULT_MAX_REQUEST_BYTES = 8_000_000;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a timeout or the size is not positive
   */
  public UpstashOptions {
    if (connectTimeout.toMillis() < 1 || timeout.toMillis() < 1 || callTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("timeouts are at least a millisecond");
    }
    if (maxRequestBytes < 1) {
      throw new IllegalArgumentException("maxRequestBytes is not positive: " + maxRequestBytes);
    }
  }

  /**
   * {@link CommitMode#AUTO}, 3 s to connect, 5 s for answers, 15 s in all,
   * {@value #DEFAULT_MAX_REQUEST_BYTES} bytes a request, no plain HTTP, warnings to SLF4J.
   *
   * @return the options
   */
  public static UpstashOptions defaults() {
    return new UpstashOptions(
        CommitMode.AUTO,
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        DEFAULT_MAX_REQUEST_BYTES,
        false,
        UpstashListener.logging());
  }

  /**
   * The same with another mode.
   *
   * @param newMode how transactions are committed
   * @return the options
   */
  public UpstashOptions withMode(CommitMode newMode) {
    return new UpstashOptions(
        newMode, connectTimeout, timeout, callTimeout, maxRequestBytes, allowPlainHttp, listener);
  }

  /**
   * The same with other time limits.
   *
   * @param newConnectTimeout how long to wait for a connection
   * @param newTimeout how long to wait for the next bytes
   * @param newCallTimeout how long a request may take in all
   * @return the options
   */
  public UpstashOptions withTimeouts(
      Duration newConnectTimeout, Duration newTimeout, Duration newCallTimeout) {
    return new UpstashOptions(
        mode,
        newConnectTimeout,
        newTimeout,
        newCallTimeout,
        maxRequestBytes,
        allowPlainHttp,
        listener);
  }

  /**
   * The same with another size of requests.
   *
   * @param bytes the largest body
   * @return the options
   */
  public UpstashOptions withMaxRequestBytes(int bytes) {
    return new UpstashOptions(
        mode, connectTimeout, timeout, callTimeout, bytes, allowPlainHttp, listener);
  }

  /**
   * The same with or without leave for plain HTTP.
   *
   * @param allowed whether it may go to other machines
   * @return the options
   */
  public UpstashOptions withPlainHttp(boolean allowed) {
    return new UpstashOptions(
        mode, connectTimeout, timeout, callTimeout, maxRequestBytes, allowed, listener);
  }

  /**
   * The same with another listener.
   *
   * @param newListener told of what a user should know
   * @return the options
   */
  public UpstashOptions withListener(UpstashListener newListener) {
    return new UpstashOptions(
        mode, connectTimeout, timeout, callTimeout, maxRequestBytes, allowPlainHttp, newListener);
  }
}
