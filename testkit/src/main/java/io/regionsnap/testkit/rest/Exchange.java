package io.regionsnap.testkit.rest;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.rest.Fault.Answer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

/** The requests of one connection and their replies, one after the other. */
// Whether a write or a close succeeds, only the client can tell.
@SuppressWarnings("FutureReturnValueIgnored")
final class Exchange extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final WireTap tap;
  private final Faults faults;
  private final TrafficLog log;
  private final RestApi api;
  private final Executor workers;

  Exchange(WireTap tap, Faults faults, TrafficLog log, RestApi api, Executor workers) {
    this.tap = tap;
    this.faults = faults;
    this.log = log;
    this.api = api;
    this.workers = workers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    RestRequest request = read(message);
    log.arrived(request);
    if (message.decoderResult().isFailure() || api.drops(request)) {
      context.close();
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(message);
    Fault fault = tap.current();
    workers.execute(() -> {
      try {
        Thread.sleep(faults.latency().toMillis());
        Answer answer = fault.pass(() -> api.answer(request), workers);
        context.executor().execute(() -> write(context, answer, keepAlive));
      } catch (InterruptedException e) {
        // The server was closed, and the connection with it.
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        context.close();
        throw e;
      }
    });
  }

  private static RestRequest read(FullHttpRequest message) {
    Map<String, String> headers = new HashMap<>();
    message
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    Value body = Value.copyOf(ByteBufUtil.getBytes(message.content()));
    return new RestRequest(message.method().name(), message.uri(), headers, body);
  }

  private void write(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
    if (answer.bytes() == 0) {
      context.close();
      return;
    }
    answer.reply().ifPresent(reply -> {
      FullHttpResponse response = new DefaultFullHttpResponse(
          HttpVersion.HTTP_1_1,
          HttpResponseStatus.valueOf(reply.status()),
          Unpooled.wrappedBuffer(reply.body().toByteArray()));
      reply.headers().forEach(response.headers()::set);
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().size());
      HttpUtil.setKeepAlive(response, keepAlive);
      tap.cutReplyAfter(answer.bytes());
      context.writeAndFlush(response).addListener(written -> {
        tap.replied();
        if (!keepAlive) {
          context.close();
        }
      });
    });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The client is gone, or what it sent is not HTTP.
    context.close();
  }
}
