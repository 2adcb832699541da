package io.regionsnap.app;

import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in processes of its own, with real streams, signals and files. */
class ProcessTest {
  @TempDir
  Path home;

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        "io.regionsnap.app.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_DATA_HOME", home.toString());
    builder.environment().remove("REGIONSNAP_STORE");
    builder.redirectError(home.resolve("err").toFile());
    return builder.start();
  }

  private int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String err() throws IOException {
    return Files.readString(home.resolve("err"));
  }

  @Test
  void persisted_isReadByteForByteByTheNextProcess() throws Exception {
    Process sample = start("sample");
    List<String> documents = new String(
            sample.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
    assertThat(end(sample)).isZero();
    Process persist = start("persist", "-");
    try (OutputStream in = persist.getOutputStream()) {
      in.write(String.join("\n", documents).getBytes(StandardCharsets.UTF_8));
    }
    String report = new String(persist.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(end(persist)).as(err()).isZero();
    assertThat(report.lines()).hasSize(8);
    Process latest = start("latest", "sub-saharan-africa");
    String read = new String(latest.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(end(latest)).isZero();
    assertThat(documents).contains(read);
  }

  @Test
  void signalDuringPersist_endsWith130AndKeepsWhatWasReported() throws Exception {
    Process persist = start("persist");
    OutputStream in = persist.getOutputStream();
    String document = snapshot("mena", "a", 0)
        .replaceFirst("\"generated_at\":\\d+", "\"generated_at\":" + System.currentTimeMillis());
    in.write((document + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
    BufferedReader report =
        new BufferedReader(new InputStreamReader(persist.getInputStream(), StandardCharsets.UTF_8));
    assertThat(report.readLine()).startsWith("persisted  mena");
    // SIGTERM; SIGINT takes the same way. Not Process.destroy, which also closes the streams.
    persist.toHandle().destroy();
    assertThat(end(persist)).isEqualTo(130);
    assertThat(err()).contains("interrupted; what is not reported was not persisted");
    Process latest = start("latest", "mena");
    assertThat(new String(latest.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(document);
    assertThat(end(latest)).isZero();
  }

  @Test
  void readerThatLeaves_endsQuietly() throws Exception {
    Process sample = start("sample", "--days", "10", "--seed", "1");
    try (InputStream out = sample.getInputStream()) {
      assertThat(out.read()).isEqualTo('{');
    }
    assertThat(end(sample)).isZero();
    assertThat(err()).isEmpty();
  }
}
