package io.regionsnap.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisEndpointTest {

  @Test
  void open_urlIsGiven_takesItAndLeavesItRunning() {
    FakeContainers containers = new FakeContainers(true);
    try (RedisServer server = RedisServer.start()) {
      try (RedisEndpoint endpoint = RedisEndpoint.open(server.url().toString(), containers)) {
        assertThat(endpoint.url()).isEqualTo(server.url());
        assertThat(containers.running()).isEmpty();
      }
      assertThat(server.process().isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void open_urlIsBlankAndAnEngineAnswers_isAContainerThatCloseEnds(String blank) {
    FakeContainers containers = new FakeContainers(true);
    try (RedisEndpoint endpoint = RedisEndpoint.open(blank, containers);
        RespClient client = endpoint.connect()) {
      assertThat(client.text("PING")).isEqualTo("PONG");
      assertThat(containers.running())
          .singleElement()
          .extracting(RedisServer::url)
          .isEqualTo(endpoint.url());
    }
    assertThat(containers.running()).isEmpty();
  }

  @Test
  void open_nothingGivenAndNoEngine_isAProcessThatCloseEnds() {
    ProcessHandle process;
    try (RedisEndpoint endpoint = RedisEndpoint.open(null, new FakeContainers(false));
        RespClient client = endpoint.connect()) {
      process = Optional.of(client.text("INFO", "server")).stream()
          .flatMap(String::lines)
          .filter(line -> line.startsWith("process_id:"))
          .map(line -> Long.valueOf(line.substring("process_id:".length())))
          .flatMap(id -> ProcessHandle.of(id).stream())
          .findFirst()
          .orElseThrow();
      assertThat(process.parent()).contains(ProcessHandle.current());
    }
    assertThat(process.isAlive()).isFalse();
  }
}
