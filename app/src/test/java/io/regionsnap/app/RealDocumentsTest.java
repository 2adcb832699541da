package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regionsnap.testkit.redis.RedisEndpoint;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.rest.RestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of the live system, where there are any beside the repository. */
class RealDocumentsTest {
  private static final Path SAMPLES = Path.of("../../shared/samples");
  private static final Pattern NAMES = Pattern.compile(
      "^\\{\"region_id\":\"([^\"]+)\",\"generated_at\":(\\d+),.*?\"snapshot_id\":\"([^\"]+)\"",
      Pattern.DOTALL);

  @TempDir
  Path home;

  @Test
  void realDocuments_redated_comeBackByteForByte() throws IOException {
    List<String> documents = redated("*.json", TestCli.NOW);
    TestCli cli = new TestCli(home);
    TestCli.Result persisted = cli.reading(lines(documents)).run("persist", "-");
    assertThat(persisted.err())
        .endsWith("%1$d snapshots: %1$d persisted\n".formatted(documents.size()));
    for (String document : documents) {
      Matcher names = NAMES.matcher(document);
      assertThat(names.find()).isTrue();
      assertThat(cli.run("get", names.group(1), names.group(3)).out()).isEqualTo(document);
    }
  }

  @Test
  void realDocumentsOfEightRegions_overRest_areOneRequestOfLittleMoreThanTheirBytes()
      throws IOException {
    Instant now = Instant.now();
    List<String> documents = redated("*__01__*.json", now);
    assertThat(documents).hasSize(8);
    try (RedisEndpoint redis = RedisEndpoint.open();
        RespClient behind = redis.connect();
        RestServer server = RestServer.start(redis.url())) {
      behind.call("FLUSHALL");
      TestCli.Result persisted = new TestCli(home)
          .at(now)
          .reading(lines(documents))
          .with("UPSTASH_REDIS_REST_URL", server.url().toString())
          .with("UPSTASH_REDIS_REST_TOKEN", server.token())
          .run("persist", "-", "--store", "upstash:");
      assertThat(persisted.err()).contains("8 snapshots: 8 persisted");
      assertThat(server.traffic().requests()).isEqualTo(1);
      long json = documents.stream()
          .mapToLong(document -> document.getBytes(StandardCharsets.UTF_8).length)
          .sum();
      assertThat((double) server.traffic().requestBytes() / json)
          .as("bytes sent for each of JSON")
          .isLessThan(1.3);
    }
  }

  private static String lines(List<String> documents) {
    return String.join("\n", documents) + "\n";
  }

  private static List<String> redated(String glob, Instant now) throws IOException {
    assumeTrue(Files.isDirectory(SAMPLES), "no folder " + SAMPLES);
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(SAMPLES, glob)) {
      listed.forEach(files::add);
    }
    assertThat(files).isNotEmpty();
    Collections.sort(files);
    List<String> documents = new ArrayList<>();
    for (Path file : files) {
      // A quarter of an hour apart, so that none is a duplicate of another.
      long generatedAt = now.toEpochMilli() - 900_000L * documents.size();
      documents.add(Files.readString(file)
          .replaceFirst("\"generated_at\":\\d+", "\"generated_at\":" + generatedAt));
    }
    return documents;
  }
}
