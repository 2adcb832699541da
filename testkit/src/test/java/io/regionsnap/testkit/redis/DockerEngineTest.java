package io.regionsnap.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerEngineTest {
  @TempDir
  private Path folder;

  @Test
  void areAvailable_noSignOfAnEngine_isFalseWithinASecond() {
    DockerEngine engine = engine(Map.of("DOCKER_HOST", " ", "XDG_RUNTIME_DIR", ""));
    assertThat(engine.isConfigured()).isFalse();
    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(1), engine::areAvailable))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root/var/run/docker.sock",
        "home/.docker/run/docker.sock",
        "home/.docker/desktop/docker.sock",
        "home/.testcontainers.properties",
        "runtime/docker.sock"
      })
  void isConfigured_anySign_isTrue(String sign) throws Exception {
    DockerEngine engine =
        engine(Map.of("XDG_RUNTIME_DIR", folder.resolve("runtime").toString()));
    assertThat(engine.isConfigured()).isFalse();
    Path file = folder.resolve(sign);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertThat(engine.isConfigured()).isTrue();
  }

  @Test
  void isConfigured_dockerHost_isTrue() {
    assertThat(engine(Map.of("DOCKER_HOST", "tcp://127.0.0.1:2375")).isConfigured())
        .isTrue();
  }

  /** A program of its own, because Testcontainers reads the environment and remembers failures. */
  @Test
  void areAvailable_engineThatDoesNotAnswer_isFalseAndNothingIsPrinted() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + folder,
            // From JDK 24 on the JVM itself warns of a library that loads native code, as JNA does.
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            AsksForAnEngine.class.getName())
        .redirectErrorStream(true);
    builder.environment().put("DOCKER_HOST", "tcp://127.0.0.1:" + ServerProcess.freePort());
    Process jvm = builder.start();
    assertThat(new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("false");
    assertThat(jvm.waitFor()).isZero();
  }

  /** The other JVM's program. */
  static final class AsksForAnEngine {
    public static void main(String[] args) {
      System.out.print(DockerEngine.ofThisMachine().areAvailable());
    }
  }

  /** Runs only where there is an engine: the one test of the container itself. */
  @Test
  void start_engineAnswers_isReachableAndEnds() {
    DockerEngine engine = DockerEngine.ofThisMachine();
    assumeTrue(engine.areAvailable(), "no Docker engine answers");
    Containers.Started started = engine.start();
    try (RespClient client = RespClient.connect(started.url())) {
      assertThat(client.text("INFO", "server")).contains("redis_version:7.4.1");
    } finally {
      started.stop().run();
    }
  }

  private DockerEngine engine(Map<String, String> environment) {
    return new DockerEngine(environment, folder.resolve("root"), folder.resolve("home"));
  }
}
