package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    assumeTrue(Files.isDirectory(SAMPLES), "no folder " + SAMPLES);
    List<Path> files;
    try (Stream<Path> listed = Files.list(SAMPLES)) {
      files = listed.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    Path folder = Files.createDirectory(home.resolve("redated"));
    List<String> documents = new ArrayList<>();
    for (Path file : files) {
      // A quarter of an hour apart, so that none is a duplicate of another.
      long generatedAt = TestCli.NOW.toEpochMilli() - 900_000L * documents.size();
      String redated = Files.readString(file)
          .replaceFirst("\"generated_at\":\\d+", "\"generated_at\":" + generatedAt);
      Files.writeString(folder.resolve(file.getFileName()), redated);
      documents.add(redated);
    }
    TestCli cli = new TestCli(home);
    TestCli.Result persisted = cli.run("persist", folder.toString());
    assertThat(persisted.err())
        .endsWith("%1$d snapshots: %1$d persisted\n".formatted(files.size()));
    for (String document : documents) {
      Matcher names = NAMES.matcher(document);
      assertThat(names.find()).isTrue();
      assertThat(cli.run("get", names.group(1), names.group(3)).out()).isEqualTo(document);
    }
  }
}
