package io.regionsnap.testkit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RespClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official client, {@code @upstash/redis} on Node: what it asks, the server must understand.
 * Skipped where it is not installed, unless {@value #VARIABLE} is {@code required}.
 */
class OfficialClientTest {
  private static final String VARIABLE = "REGIONSNAP_TEST_NODE";
  private static final Path SCRIPTS = Path.of("src", "test", "node");
  private static final String ID = "01a01dc1657b-807b23653309";
  private static final String DOCUMENT =
      "{ \"region_id\":\"mena\", \"generated_at\":1787205608830, \"meta\":{\"snapshot_id\":\"" + ID
          + "\"}, \"text\":\"Türkiye, مصر, 🌍\" }\n";

  @TempDir
  Path folder;

  @BeforeEach
  void skipWithoutClient() {
    assumeTrue(
        "required".equals(System.getenv(VARIABLE))
            || Files.isDirectory(SCRIPTS.resolve("node_modules")),
        "SKIPPED: the official client is not installed; npm ci in testkit/src/test/node does it");
  }

  @Test
  void commandsAndErrors_areAsItExpectsThem() throws Exception {
    try (RedisEndpoint redis = RedisEndpoint.open();
        RestServer server = RestServer.start(redis.url())) {
      String output = node(server, "--test", "--test-reporter=tap", "official-client.test.mjs");
      assertThat(output).contains("# pass 31", "# fail 0", "# skipped 0");
    }
  }

  @Test
  void writeOldWay_thenLatest_isTheSameDocument() throws Exception {
    Path file = Files.writeString(folder.resolve("mena.json"), DOCUMENT);
    try (RedisEndpoint redis = RedisEndpoint.open();
        RespClient behind = redis.connect();
        RestServer server = RestServer.start(redis.url())) {
      behind.call("FLUSHDB");
      for (String layout : List.of("tagged", "worldmonitor")) {
        node(server, "snapshots.mjs", "write-old-way", file.toString(), layout);
        assertThat(node(server, "snapshots.mjs", "latest", "mena", layout)).isEqualTo(DOCUMENT);
      }
      assertThat(behind.text("GET", "snapshot:id:{mena}:" + ID)).isEqualTo(DOCUMENT);
      assertThat(behind.text("GET", "intelligence:snapshot:v1:mena:latest")).isEqualTo(ID);
      assertThat(behind.text("ZSCORE", "intelligence:snapshot-index:v1:mena", ID))
          .isEqualTo("1787205608830");
    }
  }

  /** Runs a script to its good end. */
  private String node(RestServer server, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    File output = folder.resolve("output").toFile();
    ProcessBuilder process = new ProcessBuilder(command)
        .directory(SCRIPTS.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output);
    process.environment().put("UPSTASH_REDIS_REST_URL", server.url().toString());
    process.environment().put("UPSTASH_REDIS_REST_TOKEN", server.token());
    process.environment().put("READ_ONLY_TOKEN", server.readOnlyToken());
    int status = process.start().waitFor();
    String text = Files.readString(output.toPath());
    assertThat(status).as(text).isZero();
    return text;
  }
}
