package io.regionsnap.proof.redis;

import io.regionsnap.proof.redis.Breakage.Direction;
import io.regionsnap.proof.report.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong on the way, and with the server as a process. Not thread-safe. */
public final class WireFaults {
  private final RedisBench bench;
  private final Wire wire;

  /**
   * Faults on the way to a server.
   *
   * @param bench the server
   * @param wire the way that the store takes
   */
  public WireFaults(RedisBench bench, Wire wire) {
    this.bench = bench;
    this.wire = wire;
  }

  /**
   * Begins a fault.
   *
   * @param fault one of the way or of the process
   * @param where a number that stands for the place or the moment
   * @return ends it and says how often it has struck
   */
  public Ending begin(Fault fault, int where) {
    Breakage breakage = wire.breakage();
    boolean forGood = where % 2 == 0;
    switch (fault) {
      case CONNECTION_REFUSED -> {
        breakage.refuse();
        wire.cutAll();
      }
      case REQUEST_CUT -> breakage.cutAfter(Direction.REQUEST, where, forGood);
      case ANSWER_CUT -> breakage.cutAfter(Direction.ANSWER, where % 300, forGood);
      case ANSWER_LATE -> breakage.hold(Direction.ANSWER, where % 3);
      case REQUEST_LATE -> breakage.hold(Direction.REQUEST, where % 3);
      case REQUEST_TWICE -> {
        breakage.record();
        return () -> replay(breakage.recorded());
      }
      case CLIENT_KILLED -> {
        long killed = (Long)
            Objects.requireNonNull(bench.client().call("CLIENT", "KILL", "USER", RedisBench.USER));
        return () -> killed;
      }
      case SERVER_PAUSED -> {
        bench.client().call("CLIENT", "PAUSE", 60_000, "WRITE");
        return () -> {
          // Those who waited in vain have hung up; let the server hear that first.
          wire.cutAll();
          bench.client().call("CLIENT", "UNPAUSE");
          return 1;
        };
      }
      case SERVER_STOPPED -> {
        signal("-STOP");
        return () -> {
          signal("-CONT");
          return 1;
        };
      }
      case SERVER_KILLED -> {
        return kill(where);
      }
      default -> throw new IllegalArgumentException("no such fault here: " + fault);
    }
    return () -> {
      long struck = breakage.struck();
      breakage.heal();
      return struck;
    };
  }

  /** Kills the server a moment later, while somebody may be writing. */
  private Ending kill(int micros) {
    CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
      LockSupport.parkNanos(micros * 1000L);
      bench.server().kill();
    });
    return () -> {
      killed.join();
      bench.restart();
      return 1;
    };
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder(
              "kill", name, Long.toString(bench.server().process().pid()))
          .start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill " + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a signal was sent", e);
    }
  }

  /** Sends the same bytes once more, on another connection. */
  private long replay(byte[] bytes) {
    wire.breakage().heal();
    if (bytes.length == 0) {
      return 0;
    }
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), bench.server().port())) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
      return 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
