package io.regionsnap.adapters.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Lettuce, set so that it never repeats a command and never waits without a limit. */
final class Wire implements AutoCloseable {
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

  private static final int MOST_ATTEMPTS = 10;
  private static final int MOST_BEFORE_FLUSH = 64;

  /** What Lettuce says in place of what the server has said. */
  private static final Set<String> REASON_LOST =
      Set.of("RedisHandshakeHandler not registered", "Connection closed prematurely");

  private final ClientResources resources;
  private final RedisClient client;

  Wire(RedisOptions options) {
    this.resources = ClientResources.builder()
        .ioThreadPoolSize(2)
        .computationThreadPoolSize(2)
        .nettyCustomizer(new NettyCustomizer() {
          @Override
          public void afterChannelInitialized(Channel channel) {
            channel
                .pipeline()
                .addFirst(new FlushConsolidationHandler(MOST_BEFORE_FLUSH, true))
                .addLast(new WireBatch.Unpacking());
          }
        })
        .build();
    this.client = RedisClient.create(resources);
    client.setOptions(ClientOptions.builder()
        // Lettuce replays what was written but not answered when it reconnects ("at least once").
        // A commit must not be repeated behind the caller's back, so lines do not reconnect.
        .autoReconnect(false)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        // Replies have the same shapes on every version, and HELLO needs no permission.
        .protocolVersion(ProtocolVersion.RESP2)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        // Time limits are the lines' own: Lettuce's would end a WAIT in the moment it is answered.
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
        .socketOptions(SocketOptions.builder()
            .connectTimeout(options.connectTimeout())
            .tcpNoDelay(true)
            .keepAlive(true)
            .build())
        .build());
  }

  /** Connects; fails with {@link ConnectException} only. */
  CompletableFuture<Line> connect(RedisURI address) {
    return begin(address, MOST_ATTEMPTS).handle((connection, failure) -> {
      if (failure != null) {
        throw new CompletionException(new ConnectException(reason(failure)));
      }
      return new Line(connection);
    });
  }

  /**
   * The connection of a server that refuses in the handshake may be closed before Lettuce looks for
   * the handler that knows why, or before that handler has seen it. Nothing but the handshake was
   * sent, so it is tried again.
   */
  private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> begin(
      RedisURI address, int attempts) {
    return begin(address)
        .exceptionallyCompose(failure -> attempts > 1 && REASON_LOST.contains(reason(failure))
            ? begin(address, attempts - 1)
            : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> begin(RedisURI address) {
    try {
      return client.connectAsync(ByteArrayCodec.INSTANCE, address).toCompletableFuture();
    } catch (RuntimeException e) {
      // No native transport for a Unix socket, say; or shut down in the meantime.
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A connection could not be made, and so nothing was sent. */
  static final class ConnectException extends Exception {
    private static final long serialVersionUID = 1;

    ConnectException(String message) {
      super(message);
    }

    Answer answer() {
      return new Answer.Unsent(String.valueOf(getMessage()));
    }
  }

  /** What the server said, if it spoke; what the machine said otherwise. */
  private static String reason(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException) {
        return String.valueOf(cause.getMessage());
      }
      innermost = cause;
    }
    String message = innermost.getMessage();
    return message == null || message.isBlank() ? innermost.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
    resources
        .shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(SHUTDOWN_TIMEOUT.toMillis());
  }
}
