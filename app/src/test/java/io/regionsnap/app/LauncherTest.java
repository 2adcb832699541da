package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a copy of the tree that holds nothing else, with a Maven and a JDK that only note
 * what they were asked for.
 */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../regionsnap");

  @TempDir
  Path folder;

  private Path tree;
  private Path source;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectories(folder.resolve("a tree"));
    Files.copy(LAUNCHER, tree.resolve("regionsnap"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(tree.resolve(".mvn"));
    Files.createFile(tree.resolve("pom.xml"));
    Files.createDirectories(tree.resolve("app/src/main"));
    Files.createFile(tree.resolve("app/pom.xml"));
    source = Files.createFile(tree.resolve("app/src/main/Some.java"));
    script(
        "bin/mvn",
        "echo built >> '%1$s/builds'; mkdir -p app/target/lib; echo > app/target/regionsnap-app.jar"
            .formatted(folder));
    jdk("17.0.1");
  }

  private void jdk(String version) throws IOException {
    script(
        "jdk/bin/java",
        "for a; do case $dump$a in -Xshare:dump) dump=yes;;"
            + " yes-XX:SharedArchiveFile=*) echo > \"${a#*=}\";; esac; done;"
            + " echo \"java $*\"; read -r line; echo \"$line\"");
    script("jdk/bin/javac", "");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
  }

  private void script(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Result(int exitCode, String out, String err) {}

  private Process start(Path err, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("REGIONSNAP_JAVA_OPTS", "-Dmy.option=1 -Dmy.other=2");
    return builder.redirectError(err.toFile()).start();
  }

  private static Result end(Process process, Path err) throws Exception {
    process.getOutputStream().write("typed\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, Files.readString(err));
  }

  private Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tree.resolve("regionsnap").toString()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    return end(start(err, command.toArray(String[]::new)), err);
  }

  private long builds() throws IOException {
    Path builds = folder.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  @Test
  void firstRun_buildsOnceAndQuietly() throws Exception {
    Result first = run("latest", "a b");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).isEqualTo("regionsnap: building, once ...\n");
    assertThat(first.out())
        .contains("-Dmy.option=1 -Dmy.other=2 -cp " + tree)
        .contains("-XX:SharedArchiveFile=" + tree)
        .endsWith("io.regionsnap.app.Main latest a b\ntyped\n");
    assertThat(run("latest").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void sourceThatIsNewer_isBuiltAgain() throws Exception {
    run();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run().err()).isEqualTo("regionsnap: building, once ...\n");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoAtOnce_buildOnce() throws Exception {
    Path[] errs = {folder.resolve("err1"), folder.resolve("err2")};
    Process[] both = {
      start(errs[0], tree.resolve("regionsnap").toString(), "one"),
      start(errs[1], tree.resolve("regionsnap").toString(), "two")
    };
    for (int i = 0; i < 2; i++) {
      Result result = end(both[i], errs[i]);
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out()).contains("Main " + (i == 0 ? "one" : "two"));
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void throughLinks_findsItsTree() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("bin/second"), tree.resolve("regionsnap"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), folder.relativize(link));
    Path err = folder.resolve("err");
    Result result = end(start(err, first.toString(), "x"), err);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("-cp " + tree);
  }

  @Test
  void anotherJdk_getsAnArchiveOfItsOwn() throws Exception {
    run();
    jdk("25.0.1");
    Result result = run();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("/classes-25-");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void updatedJdk_getsANewArchive() throws Exception {
    run();
    Path archive = archive();
    Files.writeString(archive, "old");
    run();
    assertThat(archive).content().isEqualTo("old");
    jdk("17.0.2");
    Result result = run();
    assertThat(result.err()).isEmpty();
    assertThat(archive()).isEqualTo(archive).content().isNotEqualTo("old");
    assertThat(builds()).isEqualTo(1);
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.walk(tree.resolve("app/target/launcher"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).findAny().orElseThrow();
    }
  }

  @Test
  void failedBuild_showsTheEndOfItsLog() throws Exception {
    script("bin/mvn", "seq 1 100; echo 'cannot find symbol'; exit 1");
    Result result = run("latest");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("\n100\ncannot find symbol\n", "the build failed", "build.log")
        .doesNotContain("\n50\n");
  }

  @Test
  void oldJava_isRefused() throws Exception {
    jdk("11.0.2");
    Result result = run("latest");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("is version 11.0.2; set JAVA_HOME to a JDK 17 or later");
    assertThat(builds()).isZero();
  }

  @Test
  void wrongJavaHome_isRefused() throws Exception {
    Files.delete(folder.resolve("jdk/bin/java"));
    Result result = run("latest");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("there is no bin/java; set it to a JDK 17 or later");
  }
}
