package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleCommandTest {
  @TempDir
  Path home;

  private TestCli cli;

  @BeforeEach
  void start() {
    cli = new TestCli(home);
  }

  @Test
  void sample_isOneSnapshotForEachRegionDatedNow() {
    TestCli.Result sample = cli.run("sample");
    assertThat(sample.exitCode()).isZero();
    assertThat(sample.err()).isEqualTo("seed: 4711\n");
    assertThat(sample.lines())
        .hasSize(8)
        .allSatisfy(line ->
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isBetween(6_000, 20_000));
    assertThat(sample.out()).containsPattern("[^\\x00-\\x7f]");
    TestCli.Result persisted = cli.reading(sample.out()).run("persist");
    assertThat(persisted.exitCode()).isZero();
    assertThat(persisted.lines())
        .allMatch(line -> line.matches(
            "persisted  [a-z-]+  2026-11-22T18:00:00\\.\\d{3}Z  [0-9a-f]{12}-[0-9a-f]{12}"));
    assertThat(cli.run("regions").lines())
        .containsExactly(
            "east-asia",
            "europe",
            "global",
            "latam",
            "mena",
            "north-america",
            "south-asia",
            "sub-saharan-africa");
    assertThat(cli.run("latest", "mena").out()).isEqualTo(sample.lines().get(0));
  }

  @Test
  void sample_sameSeedAndTime_sameBytes() {
    String seven = cli.run("sample", "--seed", "7", "--days", "2").out();
    assertThat(cli.run("sample", "--seed", "7", "--days", "2").out()).isEqualTo(seven);
    assertThat(cli.run("sample", "--seed", "8", "--days", "2").out()).isNotEqualTo(seven);
    assertThat(cli.run("sample", "--seed", "7").err()).isEmpty();
  }

  /** The densest, the longest, and what is between; all of it in the same breath. */
  @ParameterizedTest
  @CsvSource({"90,1,720", "1,480,3840", "2,96,1536", "1,97,776", "3,,96", ",5,40"})
  void sample_manyOfThem_canAllBePersisted(Integer days, Integer perDay, int count) {
    Stream<String> options = Stream.of(
            days == null ? null : "--days=" + days, perDay == null ? null : "--per-day=" + perDay)
        .filter(option -> option != null);
    String[] arguments = Stream.concat(Stream.of("sample", "--size=2048", "--seed=1"), options)
        .toArray(String[]::new);
    String sample = cli.run(arguments).out();
    TestCli.Result persisted = cli.reading(sample).run("persist", "--store", "memory:");
    assertThat(persisted.err()).endsWith("%1$d snapshots: %1$d persisted\n".formatted(count));
    assertThat(persisted.exitCode()).isZero();
  }

  @Test
  void sample_size_isExact() {
    for (int size : new int[] {2048, 2049, 3000, 5001, 14_999, 300_000}) {
      assertThat(cli.run("sample", "--size=" + size, "--seed=" + size).lines())
          .hasSize(8)
          .allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSize(size));
    }
  }

  @Test
  void sample_out_writesFilesAndOverwritesNone() throws IOException {
    Path folder = home.resolve("new/samples");
    TestCli.Result first = cli.run("sample", "--out", folder.toString(), "--size", "4096");
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).isEmpty();
    assertThat(first.err()).contains("8 files written to " + folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).hasSize(8).allSatisfy(file -> assertThat(file).hasSize(4096));
    }
    List<Path> before;
    try (Stream<Path> files = Files.list(folder)) {
      before = files.toList();
    }
    Files.delete(before.get(0));
    String kept = Files.readString(before.get(1));
    TestCli.Result second = cli.run("sample", "--out", folder.toString(), "--size", "5000");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("exists already; choose another folder");
    assertThat(Files.readString(before.get(1))).isEqualTo(kept);
    assertThat(cli.run("persist", folder.toString()).exitCode()).isZero();
  }

  @Test
  void sample_folderThatCannotBe_isAFailure() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    TestCli.Result result = cli.run("sample", "--out", file.resolve("x").toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("cannot write " + file);
  }

  @Test
  void sample_interrupted_stops() {
    cli.interruption().request();
    TestCli.Result result = cli.run("sample", "--days", "90", "--per-day", "480");
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.out()).isEmpty();
  }
}
