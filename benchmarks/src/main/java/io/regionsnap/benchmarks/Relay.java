package io.regionsnap.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server of this machine as a long line does: every byte arrives
 * later, half of the round trip in each direction, and any number are on their way at once, so that
 * it takes time and not throughput. Counts what clients send. Thread-safe.
 */
final class Relay implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  /** Half of each millisecond of a round trip. */
  private static final long NANOS_ONE_WAY = 500_000;

  private final int target;
  private volatile long oneWayNanos;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong sentBytes = new AtomicLong();

  private Relay(int target, long oneWayNanos) throws IOException {
    this.target = target;
    this.oneWayNanos = oneWayNanos;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  /**
   * Starts a relay.
   *
   * @param port the server's port
   * @param roundTripMillis what a request and its answer take longer together
   */
  static Relay to(int port, int roundTripMillis) {
    try {
      return new Relay(port, roundTripMillis * NANOS_ONE_WAY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is sent from now on takes that long, there and back. */
  void takes(int roundTripMillis) {
    oneWayNanos = roundTripMillis * NANOS_ONE_WAY;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many bytes clients have sent so far. */
  long sentBytes() {
    return sentBytes.get();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        connect(client, server, sentBytes);
        connect(server, client, new AtomicLong());
      } catch (IOException e) {
        closeAll();
      }
    }
  }

  private void connect(Socket from, Socket to, AtomicLong count) throws IOException {
    sockets.add(from);
    from.setTcpNoDelay(true);
    BlockingQueue<Chunk> line = new LinkedBlockingQueue<>();
    thread(() -> receive(from, line, count));
    thread(() -> deliver(line, to));
  }

  private void receive(Socket from, BlockingQueue<Chunk> line, AtomicLong count) {
    byte[] buffer = new byte[CHUNK];
    try {
      for (int read = from.getInputStream().read(buffer);
          read >= 0;
          read = from.getInputStream().read(buffer)) {
        count.addAndGet(read);
        line.add(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + oneWayNanos));
      }
    } catch (IOException e) {
      // Closed by one side or the other: the end of the line says so.
    }
    line.add(new Chunk(new byte[0], System.nanoTime() + oneWayNanos));
  }

  private void deliver(BlockingQueue<Chunk> line, Socket to) {
    try (to) {
      for (Chunk chunk = line.take(); chunk.bytes.length > 0; chunk = line.take()) {
        for (long left = chunk.dueNanos - System.nanoTime();
            left > 0;
            left = chunk.dueNanos - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        to.getOutputStream().write(chunk.bytes);
      }
    } catch (IOException e) {
      // Nobody is there to deliver to.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      closeAll();
    }
  }

  private void closeAll() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
    sockets.clear();
  }

  /** Bytes on their way; none at the end of the line. */
  private static final class Chunk {
    private final byte[] bytes;
    private final long dueNanos;

    Chunk(byte[] bytes, long dueNanos) {
      this.bytes = bytes;
      this.dueNanos = dueNanos;
    }
  }
}
