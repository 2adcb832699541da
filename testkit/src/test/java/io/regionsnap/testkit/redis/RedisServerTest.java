package io.regionsnap.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisServerTest {

  @Test
  void close_server_leavesNoProcessAndNoFolder() {
    RedisServer server = RedisServer.start();
    ProcessHandle process = server.process();
    assertThat(process.isAlive()).isTrue();
    server.close();
    assertThat(process.isAlive()).isFalse();
    assertThat(server.folder()).doesNotExist();
  }

  @Test
  void start_badOption_failsWithTheLogAndLeavesNothing() {
    assertThatThrownBy(() -> RedisServer.start("--no-such-option", "1"))
        .hasMessageContaining("no-such-option");
    assertThat(redisChildren()).isEmpty();
  }

  @Test
  void start_afterKill_hasWhatTheAppendOnlyFileKept() {
    try (RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always")) {
      try (RespClient client = server.connect()) {
        client.call("SET", "key", new byte[] {0, -1});
      }
      server.kill();
      server.restart();
      try (RespClient client = server.connect()) {
        assertThat(client.call("GET", "key")).isEqualTo(new byte[] {0, -1});
      }
    }
  }

  @Test
  void connect_withPassword_isAuthenticated() {
    try (RedisServer server = RedisServer.start("--requirepass", "secret")) {
      try (RespClient client = server.connect()) {
        assertThatThrownBy(() -> client.call("GET", "x")).hasMessageStartingWith("NOAUTH");
      }
      String url = "redis://:secret@127.0.0.1:" + server.port() + "/3";
      try (RedisEndpoint endpoint = RedisEndpoint.open(url, new FakeContainers(false));
          RespClient client = endpoint.connect()) {
        assertThat(client.call("GET", "x")).isNull();
      }
      assertThat(server.process().isAlive()).as("not the endpoint's own").isTrue();
    }
  }

  @Test
  void start_oldest_isRedis62() {
    try (RedisServer server = RedisServer.start(RedisBinary.OLDEST);
        RedisServer replica = server.startReplica();
        RespClient client = replica.connect()) {
      assertThat(client.text("INFO", "server")).contains("redis_version:6.2.7");
    }
  }

  @ParameterizedTest
  @EnumSource(RedisBinary.class)
  void rawKeys_eachKind_isSeen(RedisBinary binary) {
    try (RedisEndpoint endpoint = RedisEndpoint.open(binary);
        RespClient client = endpoint.connect()) {
      RedisRawKeys raw = new RedisRawKeys(List.of(client));
      raw.putValue(new Key("v"), Value.utf8("x"), OptionalLong.of(5_000_000_000_000L));
      raw.putIndex(new Key("i"), List.of(new IndexEntry("m", 1L << 53)), OptionalLong.empty());
      raw.putOther(new Key("o"));
      raw.putOther(new Key("gone"));
      raw.delete(new Key("gone"));
      assertThat(raw.readAll())
          .hasSize(3)
          .containsEntry(
              new Key("v"), new ObservedValue(Value.utf8("x"), OptionalLong.of(5_000_000_000_000L)))
          .containsEntry(
              new Key("i"),
              new ObservedIndex(List.of(new IndexEntry("m", 1L << 53)), OptionalLong.empty()))
          .containsEntry(new Key("o"), new ObservedOther(OptionalLong.empty()));
    }
  }

  @Test
  void cluster_sixNodes_serveEveryKeyAndEnd() {
    List<ProcessHandle> processes;
    try (RedisCluster cluster = RedisCluster.start()) {
      processes = cluster.nodes().stream().map(RedisServer::process).toList();
      List<RespClient> clients =
          cluster.primaries().stream().map(RedisServer::connect).toList();
      RedisRawKeys raw = new RedisRawKeys(clients);
      for (int i = 0; i < 30; i++) {
        raw.putValue(new Key("key" + i), Value.utf8("x"), OptionalLong.empty());
      }
      assertThat(raw.readAll()).hasSize(30);
      assertThat(clients).allSatisfy(client -> assertThat(client.text("DBSIZE")).isNotEqualTo("0"));
      clients.forEach(RespClient::close);
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  /** What is not closed ends with the JVM that started it. */
  @Test
  void jvmEnds_serverLeftOpen_endsToo() throws Exception {
    Process jvm = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LeavesItsServerOpen.class.getName())
        .redirectErrorStream(true)
        .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor()).as(output).isZero();
    long server = Long.parseLong(output.lines().toList().get(0));
    assertThat(Path.of(output.lines().toList().get(1))).doesNotExist();
    Await.until(
        "process " + server + " ends",
        () -> ProcessHandle.of(server).filter(ProcessHandle::isAlive).isEmpty());
  }

  /** The other JVM's program. */
  static final class LeavesItsServerOpen {
    public static void main(String[] args) {
      RedisServer server = RedisServer.start();
      System.out.println(server.process().pid());
      System.out.println(server.folder());
      System.exit(0);
    }
  }

  static Stream<ProcessHandle> redisChildren() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().map(File::new).stream()
            .anyMatch(file -> file.getName().contains("redis-server")));
  }
}
