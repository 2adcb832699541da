package io.regionsnap.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * The process of one server: its port, its folder, its log. What is not closed ends with the JVM.
 * Not thread-safe.
 */
final class ServerProcess implements AutoCloseable {
  // Above, the port of the cluster bus (10000 higher) would not be one.
  private static final int HIGHEST_PORT = 55_000;
  private static final String CONFIGURATION = "redis.conf";
  private static final String LOG = "log";
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ServerProcess::leaveNothing));
  }

  /**
   * What to start.
   *
   * @param binary the program
   * @param configuration the first text of its configuration file
   * @param options by the port, of which the one 10000 higher is free too
   */
  record Program(RedisBinary binary, String configuration, IntFunction<List<String>> options) {

    static Program of(RedisBinary binary, List<String> options) {
      return new Program(binary, "", port -> options);
    }
  }

  private final Program program;
  private final Path folder = TemporaryFolder.create();
  private final int port = freePort();
  private Process process;

  ServerProcess(Program program) {
    this.program = program;
    TemporaryFolder.write(folder.resolve(CONFIGURATION), program.configuration());
    this.process = launch();
  }

  private static void leaveNothing() {
    RUNNING.forEach(Process::destroyForcibly);
    // A server that still writes would make a folder again that is not empty.
    RUNNING.forEach(process -> process.onExit().join());
    TemporaryFolder.deleteAll();
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
        program.binary().path().toString(),
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
    command.addAll(program.options().apply(port));
    try {
      Process started = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(folder.resolve(LOG).toFile()))
          .start();
      RUNNING.add(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the program again, on its old port and in its old folder. */
  void launchAgain() {
    if (process.isAlive()) {
      throw new IllegalStateException("the server is running");
    }
    process = launch();
  }

  Program program() {
    return program;
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it wrote to its log; empty if there is none. */
  String log() {
    try {
      Path log = folder.resolve(LOG);
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it ended because somebody had taken the port between the look and the start. */
  boolean lostItsPort() {
    return log().contains("ddress already in use");
  }

  /** Ends it with SIGKILL and waits until it is gone. Its folder stays. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
      RUNNING.remove(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server ended", e);
    }
  }

  @Override
  public void close() {
    kill();
    TemporaryFolder.delete(folder);
  }
}
