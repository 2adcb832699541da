package io.regionsnap.testkit.redis;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The Docker engine of this machine, through Testcontainers. */
final class DockerEngine implements Containers {
  /** Fixed, so that a test of today is the test of tomorrow. */
  static final String IMAGE = "redis:7.4.1";

  private static final int PORT = 6379;

  private final Map<String, String> environment;
  private final Path root;
  private final Path home;

  /**
   * An engine.
   *
   * @param environment the environment variables
   * @param root where {@code /} is
   * @param home the folder of the user
   */
  DockerEngine(Map<String, String> environment, Path root, Path home) {
    this.environment = Map.copyOf(environment);
    this.root = root;
    this.home = home;
  }

  static DockerEngine ofThisMachine() {
    return new DockerEngine(
        System.getenv(), Path.of("/"), Path.of(System.getProperty("user.home", "")));
  }

  @Override
  public boolean areAvailable() {
    return isConfigured() && DockerClientFactory.instance().isDockerAvailable();
  }

  /**
   * Whether there is any sign of an engine. To ask Testcontainers costs seconds and pages of log
   * where there is none.
   */
  boolean isConfigured() {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    return !host.isBlank() || signs().stream().anyMatch(Files::exists);
  }

  /** The places where Testcontainers looks too. */
  private List<Path> signs() {
    List<Path> signs = new ArrayList<>(List.of(
        root.resolve("var/run/docker.sock"),
        home.resolve(".docker/run/docker.sock"),
        home.resolve(".docker/desktop/docker.sock"),
        home.resolve(".testcontainers.properties")));
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isBlank()) {
      signs.add(Path.of(runtime, "docker.sock"));
    }
    return signs;
  }

  @Override
  public Started start() {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE)).withExposedPorts(PORT);
    container.start();
    URI url = URI.create("redis://" + container.getHost() + ":" + container.getMappedPort(PORT));
    return new Started(url, container::stop);
  }
}
