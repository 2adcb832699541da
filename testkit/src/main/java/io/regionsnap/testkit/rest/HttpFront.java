package io.regionsnap.testkit.rest;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.regionsnap.testkit.redis.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** HTTP/1.1 on a port of this machine, of which every byte is counted and may be the last. */
final class HttpFront implements AutoCloseable {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int PATIENCE_SECONDS = 30;

  private final Faults faults;
  private final TrafficLog log;
  private final RestApi api;
  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
      1, new DefaultThreadFactory("rest-server", true), NioIoHandler.newFactory());
  private final ExecutorService workers =
      Executors.newCachedThreadPool(new DefaultThreadFactory("rest-worker", true));
  private final ChannelGroup connections = new DefaultChannelGroup(loops.next());
  private final int port;
  private Channel listener;

  HttpFront(Faults faults, TrafficLog log, RestApi api) {
    this.faults = faults;
    this.log = log;
    this.api = api;
    this.listener = listen(0);
    this.port = ((InetSocketAddress) listener.localAddress()).getPort();
  }

  int port() {
    return port;
  }

  /** Closes the port and every connection. */
  void refuse() {
    closeAll();
    // The kernel goes on listening until the selector has let go of the socket.
    Await.until("connections are refused", this::isRefusing);
  }

  private void closeAll() {
    listener.close().syncUninterruptibly();
    connections.close().syncUninterruptibly();
  }

  private boolean isRefusing() {
    try (Socket accepted = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !accepted.isConnected();
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Opens the port again. */
  void accept() {
    if (!listener.isOpen()) {
      listener = listen(port);
    }
  }

  private Channel listen(int wanted) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel connection) {
            connections.add(connection);
            WireTap tap = new WireTap(faults, log::count);
            connection
                .pipeline()
                .addLast(tap)
                .addLast(new HttpServerCodec(
                    new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE)))
                // The limit is the server's to tell, in its own words.
                .addLast(new HttpObjectAggregator(Integer.MAX_VALUE))
                .addLast(new Exchange(tap, faults, log, api, workers));
          }
        })
        .bind(InetAddress.getLoopbackAddress(), wanted)
        .syncUninterruptibly()
        .channel();
  }

  @Override
  public void close() {
    if (loops.isShuttingDown()) {
      return;
    }
    closeAll();
    workers.shutdownNow();
    loops.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    try {
      if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a request is still being worked on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
