package io.regionsnap.testkit.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server of this machine and breaks what passes: cuts connections
 * after a number of bytes, keeps answers back, or counts round trips. Thread-safe.
 */
public final class CuttingProxy implements AutoCloseable {
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final int target;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong requestBytesLeft = new AtomicLong(UNLIMITED);
  private final AtomicLong answerBytesLeft = new AtomicLong(UNLIMITED);
  private volatile Rounds rounds = new Rounds(0);
  private volatile boolean mute;
  private volatile boolean once;

  private CuttingProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  /**
   * Starts a proxy that passes everything.
   *
   * @param port the server's port
   * @return the proxy; to be closed
   */
  public static CuttingProxy to(int port) {
    try {
      return new CuttingProxy(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its port.
   *
   * @return the port to connect to
   */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Cuts every connection once so many more bytes of requests were passed on.
   *
   * @param bytes how many
   */
  public void cutAfterRequestBytes(long bytes) {
    requestBytesLeft.set(bytes);
  }

  /**
   * Cuts the connection on which so many more bytes of requests were passed on, and no other.
   *
   * @param bytes how many
   */
  public void cutOnceAfterRequestBytes(long bytes) {
    once = true;
    requestBytesLeft.set(bytes);
  }

  /**
   * Cuts every connection once so many more bytes of answers were passed on.
   *
   * @param bytes how many
   */
  public void cutAfterAnswerBytes(long bytes) {
    answerBytesLeft.set(bytes);
  }

  /** Passes requests and keeps answers back from now on. */
  public void mute() {
    mute = true;
  }

  /**
   * Passes requests from now on only in rounds: not before so many connections have sent some, and
   * then those of all. A client that waits for an answer before it has sent as many waits for ever.
   *
   * @param connections how many
   */
  public void passInRoundsOf(int connections) {
    rounds = new Rounds(connections);
  }

  /**
   * Counts.
   *
   * @return how many rounds there were since {@link #passInRoundsOf}
   */
  public int rounds() {
    return rounds.count();
  }

  /** Passes everything again, on new connections. */
  public void heal() {
    cutAll();
    mute = false;
    once = false;
    requestBytesLeft.set(UNLIMITED);
    answerBytesLeft.set(UNLIMITED);
    rounds = new Rounds(0);
  }

  /** Cuts the connections that there are. */
  public void cutAll() {
    sockets.forEach(CuttingProxy::closeQuietly);
    sockets.clear();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        server.setTcpNoDelay(true);
        client.setTcpNoDelay(true);
        thread(() -> pass(client, server, requestBytesLeft, false));
        thread(() -> pass(server, client, answerBytesLeft, true));
      } catch (IOException e) {
        // The server is down: the client finds its connection cut.
        cutAll();
      }
    }
  }

  private void pass(Socket from, Socket to, AtomicLong left, boolean answers) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!answers) {
          rounds.await(from);
        }
        int passed = (int) Math.min(read, left.get());
        if (!answers || !mute) {
          out.write(buffer, 0, passed);
        }
        if (left.get() != UNLIMITED && left.addAndGet(-passed) <= 0) {
          if (once) {
            left.set(UNLIMITED);
          }
          return;
        }
      }
    } catch (IOException e) {
      // Cut: by us, or by one of the two.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cutAll();
    }
  }

  /** Requests that go on together. */
  private static final class Rounds {
    private final int size;
    private final Set<Socket> arrived = new HashSet<>();
    private int count;

    Rounds(int size) {
      this.size = size;
    }

    synchronized int count() {
      return count;
    }

    /** Waits for the others; for ever, if there are not enough. */
    synchronized void await(Socket from) throws IOException {
      if (size == 0) {
        return;
      }
      int before = count;
      arrived.add(from);
      if (arrived.size() == size) {
        count++;
        arrived.clear();
        notifyAll();
      }
      while (count == before) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted");
        }
      }
    }
  }
}
