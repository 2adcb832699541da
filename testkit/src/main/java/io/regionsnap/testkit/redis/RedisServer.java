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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A {@code redis-server} process of this test: on a free port, in a folder of its own, with any
 * options, to be killed and started again.
 *
 * <p>Ready when {@link #start} returns. {@link #close()} ends the process and deletes the folder;
 * what a test forgets to close ends with the JVM. Not thread-safe.
 */
public final class RedisServer implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  // Above, the port of the cluster bus (10000 higher) would not be one.
  private static final int HIGHEST_PORT = 55_000;
  private static final Set<RedisServer> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(RedisServer::close)));
  }

  private final Path folder;
  private final int port;
  private final List<String> arguments;
  private Process process;

  private RedisServer(Path folder, int port, List<String> arguments) {
    this.folder = folder;
    this.port = port;
    this.arguments = arguments;
    this.process = launch();
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param options as on the command line of {@code redis-server}, for example
   *     {@code "--appendonly", "yes"}; without any, nothing is kept on disk
   * @return the server; to be closed
   */
  public static RedisServer start(String... options) {
    return start(ATTEMPTS, List.of(options));
  }

  private static RedisServer start(int attempts, List<String> options) {
    Path folder = newFolder();
    int port = freePort();
    List<String> arguments = new ArrayList<>(List.of(
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--dir",
        folder.toString(),
        "--save",
        ""));
    arguments.addAll(options);
    RedisServer server = new RedisServer(folder, port, arguments);
    OPEN.add(server);
    try {
      server.awaitReady();
      return server;
    } catch (RuntimeException | Error e) {
      boolean portTaken = server.log().contains("ddress already in use");
      server.close();
      // Somebody may have taken the port between the look and the start.
      if (portTaken && attempts > 1) {
        return start(attempts - 1, options);
      }
      throw e;
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("regionsnap-redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  /**
   * Starts a Sentinel that watches a primary, named {@code primary}, and needs nobody's consent to
   * promote its replica when it has been gone for a second.
   *
   * @param primary whom to watch
   * @return the Sentinel; to be closed
   */
  public static RedisServer startSentinel(RedisServer primary) {
    Path folder = newFolder();
    int port = freePort();
    Path file = folder.resolve("sentinel.conf");
    try {
      Files.writeString(file, """
          bind 127.0.0.1
          port %d
          dir %s
          sentinel monitor primary 127.0.0.1 %d 1
          sentinel down-after-milliseconds primary 1000
          """.formatted(port, folder, primary.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RedisServer sentinel = new RedisServer(folder, port, List.of(file.toString(), "--sentinel"));
    OPEN.add(sentinel);
    sentinel.awaitReady();
    return sentinel;
  }

  private Process launch() {
    List<String> command = new ArrayList<>(List.of(RedisBinary.path().toString()));
    command.addAll(arguments);
    try {
      Process started = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
          .start();
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
    OPEN.remove(this);
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
