package io.regionsnap.testkit.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Upstash's own client, {@code @upstash/redis} on Node, as {@code npm ci} installs it in this
 * build's {@code testkit/src/test/node}. Immutable and thread-safe.
 */
public final class OfficialClient {
  /** The environment variable that, when it is {@code required}, lets nothing be skipped. */
  public static final String VARIABLE = "REGIONSNAP_TEST_NODE";

  private final Path scripts;

  private OfficialClient(Path scripts) {
    this.scripts = scripts;
  }

  /**
   * The client of the build that the working directory belongs to.
   *
   * @return the client, installed or not
   * @throws IllegalStateException if the working directory is not within the build
   */
  public static OfficialClient find() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path scripts = folder.resolve("testkit/src/test/node");
      if (Files.isDirectory(scripts)) {
        return new OfficialClient(scripts);
      }
    }
    throw new IllegalStateException("no testkit/src/test/node above " + start);
  }

  /**
   * Whether tests of it are to run.
   *
   * @return whether it is installed, or {@link #VARIABLE} says that it must be
   */
  public boolean isExpected() {
    return "required".equals(System.getenv(VARIABLE))
        || Files.isDirectory(scripts.resolve("node_modules"));
  }

  /**
   * Runs a script to its end.
   *
   * @param server the server that it talks to
   * @param arguments of {@code node}
   * @return what it printed, errors included
   * @throws AssertionError if it fails; the message holds what it printed
   */
  public String run(RestServer server, String... arguments) {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(command).directory(scripts.toFile()).redirectErrorStream(true);
    process.environment().put("UPSTASH_REDIS_REST_URL", server.url().toString());
    process.environment().put("UPSTASH_REDIS_REST_TOKEN", server.token());
    process.environment().put("READ_ONLY_TOKEN", server.readOnlyToken());
    try {
      Process running = process.start();
      running.getOutputStream().close();
      String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (running.waitFor() != 0) {
        throw new AssertionError(output);
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError("node does not run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
