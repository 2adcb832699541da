package io.regionsnap.adapters.redis;

import io.lettuce.core.RedisURI;
import io.regionsnap.adapters.redis.Wire.ConnectException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One server: a line that all threads share, and lines for what needs one alone. Lines that were
 * lost are replaced when they are next needed. Thread-safe.
 */
final class Node {
  private static final int MOST_IDLE = 8;
  // One less than the regions of the system that this was made for: a call has one line anyway.
  private static final int MOST_SPARE = 7;

  private final Wire wire;
  private final RedisURI address;
  private final String name;
  private final long connectTimeoutMillis;
  private final AtomicReference<@Nullable CompletableFuture<Line>> shared = new AtomicReference<>();
  private final Queue<Line> idle = new ConcurrentLinkedQueue<>();
  private final Semaphore spare = new Semaphore(MOST_SPARE);
  private volatile boolean closed;

  Node(Wire wire, RedisURI address, String name, RedisOptions options) {
    this.wire = wire;
    this.address = address;
    this.name = name;
    this.connectTimeoutMillis = options.connectTimeout().toMillis();
  }

  /** Host and port, without credentials. */
  String name() {
    return name;
  }

  /** The line of all threads. Threads that need it while it is being made wait for the same one. */
  Line shared() throws ConnectException {
    while (true) {
      CompletableFuture<Line> current = shared.get();
      if (current != null && !isUseless(current)) {
        return await(current);
      }
      CompletableFuture<Line> fresh = new CompletableFuture<>();
      if (shared.compareAndSet(current, fresh)) {
        connect(fresh);
        return await(fresh);
      }
    }
  }

  private static boolean isUseless(CompletableFuture<Line> line) {
    return line.isDone() && (line.isCompletedExceptionally() || !line.join().isOpen());
  }

  private void connect(CompletableFuture<Line> target) {
    CompletableFuture<Line> unused = wire.connect(address).whenComplete((line, failure) -> {
      if (line == null) {
        target.completeExceptionally(failure);
      } else if (!target.complete(line) || closed) {
        // Nobody waits any more.
        line.close();
      }
    });
  }

  /** Waits for a line that is being made. */
  Line await(CompletableFuture<Line> line) throws ConnectException {
    try {
      return line.get(connectTimeoutMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      ConnectException failure = new ConnectException(
          "no connection to " + name + " within " + connectTimeoutMillis + " ms");
      line.completeExceptionally(failure);
      throw failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted while connecting to " + name);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new ConnectException(
          String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
    }
  }

  /** A line for one thread alone; to be given back. */
  Line borrow() throws ConnectException {
    return await(borrowing());
  }

  /** The same, without waiting: to be waited for. */
  CompletableFuture<Line> borrowing() {
    for (Line line = idle.poll(); line != null; line = idle.poll()) {
      if (line.isOpen()) {
        return CompletableFuture.completedFuture(line);
      }
    }
    CompletableFuture<Line> fresh = new CompletableFuture<>();
    connect(fresh);
    return fresh;
  }

  /** Asks to borrow one line more than a call needs; if so, that is to be given back too. */
  boolean takeSpare() {
    return spare.tryAcquire();
  }

  void giveSpareBack() {
    spare.release();
  }

  /** Takes a borrowed line back, on which nothing is under way. */
  void giveBack(Line line) {
    if (closed || idle.size() >= MOST_IDLE) {
      line.close();
    } else {
      idle.add(line);
    }
  }

  /**
   * Closes the lines, because the server is not what it was; the next are made afresh, and so find
   * out where the primary is now.
   */
  void forget() {
    CompletableFuture<Line> line = shared.get();
    // One that is just being made is fresh enough.
    if (line != null
        && line.isDone()
        && !line.isCompletedExceptionally()
        && shared.compareAndSet(line, null)) {
      line.join().close();
    }
    for (Line own = idle.poll(); own != null; own = idle.poll()) {
      own.close();
    }
  }

  /** Keeps no line from now on. Those that are open are closed with the wire. */
  void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return name;
  }
}
