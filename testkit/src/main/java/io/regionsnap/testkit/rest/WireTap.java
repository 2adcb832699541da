package io.regionsnap.testkit.rest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sits next to the socket of one connection, counts its bytes, and closes it where a request or a
 * reply is to be cut.
 */
// Whether a close succeeds, only the client can tell.
@SuppressWarnings("FutureReturnValueIgnored")
final class WireTap extends ChannelDuplexHandler {
  private final Faults faults;
  private final Consumer<Traffic> count;
  private @Nullable Fault current;
  private long requestBytesLeft;
  private long replyBytesLeft = Long.MAX_VALUE;

  WireTap(Faults faults, Consumer<Traffic> count) {
    this.faults = faults;
    this.count = count;
  }

  /** What the request meets that is being read or answered. */
  Fault current() {
    return current == null ? Fault.none() : current;
  }

  /** The coming reply is cut after so many bytes. */
  void cutReplyAfter(long bytes) {
    replyBytesLeft = bytes;
  }

  /** The reply is written; the next byte begins another request. */
  void replied() {
    current = null;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    count.accept(new Traffic(1, 0, 0, 0, 0));
    super.channelActive(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    int bytes = ((ByteBuf) message).readableBytes();
    boolean begins = current == null;
    if (begins) {
      current = faults.begin();
      requestBytesLeft = current.requestBytes();
    }
    count.accept(new Traffic(0, begins ? 1 : 0, bytes, 0, 0));
    requestBytesLeft -= bytes;
    if (requestBytesLeft <= 0) {
      ReferenceCountUtil.release(message);
      context.close();
    } else {
      super.channelRead(context, message);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    ByteBuf bytes = (ByteBuf) message;
    int passed = (int) Math.min(bytes.readableBytes(), replyBytesLeft);
    count.accept(new Traffic(0, 0, 0, 0, passed));
    if (passed == bytes.readableBytes()) {
      replyBytesLeft -= passed;
      super.write(context, message, promise);
      return;
    }
    replyBytesLeft = 0;
    context
        .writeAndFlush(bytes.readSlice(passed), promise)
        .addListener(ChannelFutureListener.CLOSE);
  }
}
