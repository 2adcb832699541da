package io.regionsnap.proof.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way between a client and a server of this machine, which breaks as it is told to. It knows
 * when it has broken, and when the server has come to the end of what it was sent. Thread-safe.
 */
public final class Wire implements AutoCloseable {
  private final int target;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    return thread;
  });
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Breakage breakage = new Breakage();

  private Wire(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /**
   * A way on which everything passes.
   *
   * @param port the server's port
   * @return the way; to be closed
   */
  public static Wire to(int port) {
    try {
      return new Wire(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The port to connect to.
   *
   * @return the port
   */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * What is to break, and what has.
   *
   * @return the breakage, to be set and asked
   */
  public Breakage breakage() {
    return breakage;
  }

  /** Cuts the connections that there are, except those on which something is kept back. */
  public void cutAll() {
    links.stream().filter(link -> !link.isHeld()).forEach(Link::cut);
  }

  /** Waits until the server has seen everything that it was sent on connections since cut. */
  public void settle() {
    links.forEach(Link::awaitEndIfCut);
  }

  /** Lets go what was kept back, and waits until the server has seen it. */
  public void release() {
    links.forEach(Link::endHold);
    breakage.release();
    settle();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (breakage.refuses()) {
          client.close();
          continue;
        }
        connect(client);
      } catch (IOException e) {
        // Closed, or the client has gone already.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      client.close();
      return;
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Link link = new Link(client, server, breakage, links::remove);
    links.add(link);
    threads.execute(link::passRequests);
    threads.execute(link::passAnswers);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      breakage.heal();
      breakage.release();
      links.forEach(Link::end);
      threads.shutdownNow();
    }
  }
}
