package io.regionsnap.adapters.redis;

import io.lettuce.core.protocol.Command;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.regionsnap.redis.dialect.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands that are handed over to a connection's event loop as one. By themselves each would be a
 * task of its own, and wake the loop that has just gone to sleep after the one before it.
 *
 * <p>Is itself never written: {@link Unpacking} takes it apart where Lettuce's own handlers begin.
 */
final class WireBatch extends Command<byte[], byte[], @Nullable Reply> {
  private final List<WireCommand> commands;

  WireBatch(List<WireCommand> commands) {
    super(new WireCommand.Name("BATCH"), null);
    this.commands = List.copyOf(commands);
  }

  /** Not written, or not wholly. */
  @Override
  public boolean completeExceptionally(Throwable failure) {
    commands.forEach(command -> command.completeExceptionally(failure));
    return true;
  }

  @Override
  public void cancel() {
    commands.forEach(WireCommand::cancel);
  }

  /** The first to see what is written to a connection. */
  // What becomes of a write is told to its promise, which is the caller's.
  @SuppressWarnings("FutureReturnValueIgnored")
  @ChannelHandler.Sharable
  static final class Unpacking extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      context.write(message instanceof WireBatch batch ? batch.commands : message, promise);
    }
  }
}
