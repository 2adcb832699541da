package io.regionsnap.testkit.redis;

import io.regionsnap.testkit.redis.ServerProcess.Program;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A {@code redis-server} process of this test: on a free port, in a folder of its own, with any
 * options, to be killed and started again.
 *
 * <p>Ready when {@link #start} returns. {@link #close()} ends the process and deletes the folder;
 * what a test forgets to close goes with the JVM. Not thread-safe.
 */
public final class RedisServer implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int WAIT_MILLIS = 100;

  private final ServerProcess process;

  private RedisServer(ServerProcess process) {
    this.process = process;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param options as on the command line of {@code redis-server}, for example
   *     {@code "--appendonly", "yes"}; without any, nothing is kept on disk
   * @return the server; to be closed
   */
  public static RedisServer start(String... options) {
    return start(RedisBinary.USUAL, options);
  }

  /**
   * As {@link #start(String...)}, with a program of one's choice.
   *
   * @param binary the program
   * @param options as above
   * @return the server; to be closed
   */
  public static RedisServer start(RedisBinary binary, String... options) {
    return start(ATTEMPTS, Program.of(binary, List.of(options)));
  }

  /** Starts a sentinel, which rewrites its configuration as it learns. */
  static RedisServer startSentinel(String configuration) {
    return start(
        ATTEMPTS, new Program(RedisBinary.USUAL, configuration, own -> List.of("--sentinel")));
  }

  /**
   * Starts a server with options that depend on its port, of which the one 10000 higher is free
   * too.
   */
  static RedisServer start(IntFunction<List<String>> options) {
    return start(ATTEMPTS, new Program(RedisBinary.USUAL, "", options));
  }

  private static RedisServer start(int attempts, Program program) {
    RedisServer server = new RedisServer(new ServerProcess(program));
    try {
      server.awaitReady();
      return server;
    } catch (RuntimeException | Error e) {
      boolean lostItsPort = server.process.lostItsPort();
      server.close();
      if (lostItsPort && attempts > 1) {
        return start(attempts - 1, program);
      }
      throw e;
    }
  }

  /**
   * Starts a replica of this server, which asks for no password, and waits until it follows, as
   * {@link #awaitReplicas} does.
   *
   * @param options of the replica, as for {@link #start}
   * @return the replica; to be closed
   */
  public RedisServer startReplica(String... options) {
    List<String> all =
        new ArrayList<>(List.of("--replicaof", "127.0.0.1", Integer.toString(port())));
    all.addAll(List.of(options));
    int replicas = attachedReplicas();
    RedisServer replica = start(ATTEMPTS, Program.of(process.program().binary(), all));
    try {
      awaitReplicas(replicas + 1);
      return replica;
    } catch (RuntimeException | Error e) {
      replica.close();
      throw e;
    }
  }

  private int attachedReplicas() {
    try (RespClient client = connect()) {
      return client
          .text("INFO", "replication")
          .lines()
          .filter(line -> line.startsWith("connected_slaves:"))
          .mapToInt(line -> Integer.parseInt(line.substring("connected_slaves:".length())))
          .sum();
    }
  }

  /**
   * Waits until replicas follow this server: they are online, and have acknowledged everything that
   * it replicated so far and something that was sent to them just now.
   *
   * <p>That the link is up and the offsets agree is not enough. A primary that never had a replica
   * is at offset 0, and until a replica has loaded its copy it is sent nothing: what is committed
   * meanwhile is lost if the primary dies.
   *
   * @param count how many replicas at least
   */
  public void awaitReplicas(int count) {
    // Goes to the replicas as a write does, and touches no key.
    awaitReplicas(count, "PUBLISH", "regionsnap", "are you there?");
  }

  void awaitReplicas(int count, Object... replicated) {
    try (RespClient client = connect()) {
      client.call(replicated);
      Await.until(
          () -> count + " replicas follow\n" + log(),
          () -> client.call("WAIT", count, WAIT_MILLIS) instanceof Long have && have >= count);
    }
  }

  /** Starts the server again, on its old port and with what it kept in its folder. */
  public void restart() {
    restartWithoutWaiting();
    awaitReady();
  }

  /** As {@link #restart()}, but returns while the server may still be loading. */
  public void restartWithoutWaiting() {
    process.launchAgain();
  }

  /** Waits until the server answers and is not loading. */
  public void awaitReady() {
    Await.until(() -> "redis-server is ready\n" + log(), () -> {
      if (!process.isAlive()) {
        throw new IllegalStateException("redis-server ended\n" + log());
      }
      return isReady();
    });
  }

  private boolean isReady() {
    try (RespClient client = connect()) {
      return client.text("PING").equals("PONG");
    } catch (RespError e) {
      return e.text().startsWith("NOAUTH");
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /**
   * What the server wrote to its log.
   *
   * @return the text; empty if there is none
   */
  public String log() {
    return process.log();
  }

  /** Ends the server with SIGKILL and waits until it is gone. Its folder stays. */
  public void kill() {
    process.kill();
  }

  /**
   * Its process.
   *
   * @return a handle, of the current process if it was started again
   */
  public ProcessHandle process() {
    return process.handle();
  }

  /**
   * Its port.
   *
   * @return the port
   */
  public int port() {
    return process.port();
  }

  /**
   * Its folder, where it keeps its files and its log.
   *
   * @return the folder
   */
  public Path folder() {
    return process.folder();
  }

  /**
   * Its address without credentials.
   *
   * @return a {@code redis://} URL
   */
  public URI url() {
    return URI.create("redis://127.0.0.1:" + port());
  }

  /**
   * Connects, without credentials.
   *
   * @return a client; to be closed
   */
  public RespClient connect() {
    return RespClient.connect(port());
  }

  @Override
  public void close() {
    process.close();
  }
}
