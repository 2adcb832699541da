package io.regionsnap.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  // Above, the port of the cluster bus (10000 higher) would not be one.
  private static final int HIGHEST_PORT = 55_000;
  private static final String CONFIGURATION = "redis.conf";
  private static final int WAIT_MILLIS = 100;
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(RedisServer::leaveNothing));
  }

  private final Path folder;
  private final int port;
  private final Start start;
  private Process process;

  private RedisServer(Path folder, int port, Start start) {
    this.folder = folder;
    this.port = port;
    this.start = start;
    this.process = launch();
  }

  private static void leaveNothing() {
    RUNNING.forEach(Process::destroyForcibly);
    // A server that still writes would make a folder again that is not empty.
    RUNNING.forEach(process -> process.onExit().join());
    TemporaryFolder.deleteAll();
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param options as on the command line of {@code redis-server}, for example
   *     {@code "--appendonly", "yes"}; without any, nothing is kept on disk
   * @return the server; to be closed
   */
  public static RedisServer start(String... options) {
    return start(ATTEMPTS, new Start("", own -> List.of(options)));
  }

  /** Starts a sentinel, which rewrites its configuration as it learns. */
  static RedisServer startSentinel(String configuration) {
    return start(ATTEMPTS, new Start(configuration, own -> List.of("--sentinel")));
  }

  /**
   * Starts a server with options that depend on its port, of which the one 10000 higher is free
   * too.
   */
  static RedisServer start(IntFunction<List<String>> options) {
    return start(ATTEMPTS, new Start("", options));
  }

  private static RedisServer start(int attempts, Start start) {
    Path folder = TemporaryFolder.create();
    TemporaryFolder.write(folder.resolve(CONFIGURATION), start.configuration());
    RedisServer server = new RedisServer(folder, freePort(), start);
    try {
      server.awaitReady();
      return server;
    } catch (RuntimeException | Error e) {
      boolean portTaken = server.log().contains("ddress already in use");
      server.close();
      // Somebody may have taken the port between the look and the start.
      if (portTaken && attempts > 1) {
        return start(attempts - 1, start);
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
    List<String> all = new ArrayList<>(List.of("--replicaof", "127.0.0.1", Integer.toString(port)));
    all.addAll(List.of(options));
    int replicas = attachedReplicas();
    RedisServer replica = start(ATTEMPTS, new Start("", own -> all));
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

  /** A port that nobody listens on, nor on the one of the cluster bus. */
  static int freePort() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (port <= HIGHEST_PORT) {
          new ServerSocket(port + 10_000, 1, InetAddress.getLoopbackAddress()).close();
          return port;
        }
      } catch (IOException e) {
        // Try another.
      }
    }
  }

  private Process launch() {
    List<String> command = new ArrayList<>(List.of(
        RedisBinary.path().toString(),
        folder.resolve(CONFIGURATION).toString(),
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--dir",
        folder.toString(),
        "--save",
        "",
        // Other than the default of five seconds, in which more replicas might come.
        "--repl-diskless-sync-delay",
        "0"));
    command.addAll(start.options().apply(port));
    try {
      Process started = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
          .start();
      RUNNING.add(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server again, on its old port and with what it kept in its folder. */
  public void restart() {
    restartWithoutWaiting();
    awaitReady();
  }

  /** As {@link #restart()}, but returns while the server may still be loading. */
  public void restartWithoutWaiting() {
    if (process.isAlive()) {
      throw new IllegalStateException("the server is running");
    }
    process = launch();
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
    try {
      Path log = folder.resolve("log");
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the server with SIGKILL and waits until it is gone. Its folder stays. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
      RUNNING.remove(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server ended", e);
    }
  }

  /**
   * Its process.
   *
   * @return a handle, of the current process if it was started again
   */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /**
   * Its port.
   *
   * @return the port
   */
  public int port() {
    return port;
  }

  /**
   * Its folder, where it keeps its files and its log.
   *
   * @return the folder
   */
  public Path folder() {
    return folder;
  }

  /**
   * Its address without credentials.
   *
   * @return a {@code redis://} URL
   */
  public URI url() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /**
   * Connects, without credentials.
   *
   * @return a client; to be closed
   */
  public RespClient connect() {
    return RespClient.connect(port);
  }

  @Override
  public void close() {
    kill();
    TemporaryFolder.delete(folder);
  }

  /** How it is started: the first text of its configuration file, and options, by its port. */
  private record Start(String configuration, IntFunction<List<String>> options) {}
}
