package io.regionsnap.app;

import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalOptionsTest {
  private static final List<String> COMMANDS = List.of(
      "sample",
      "persist",
      "latest",
      "get",
      "at",
      "history",
      "regions",
      "audit",
      "explain",
      "repair",
      "doctor",
      "completion");

  @TempDir
  Path home;

  private TestCli cli;

  @BeforeEach
  void start() {
    cli = new TestCli(home);
  }

  @Test
  void options_beforeAndAfterTheCommand_meanTheSame() {
    String store = "file:" + home.resolve("s.mv");
    cli.reading(snapshot("mena", "a", 0))
        .run("--store", store, "--layout", "worldmonitor", "persist");
    String[][] positions = {
      {"--store", store, "--layout", "worldmonitor", "--json", "--lock-timeout", "1", "regions"},
      {"regions", "--store", store, "--layout", "worldmonitor", "--json", "--lock-timeout", "1"},
      {"--store=" + store, "--json", "regions", "--layout=worldmonitor", "-v"},
      {"--store=" + store, "--json=true", "regions", "--layout=worldmonitor"},
    };
    for (String[] arguments : positions) {
      assertThat(cli.run(arguments).out()).isEqualTo("[\"mena\"]\n");
    }
  }

  @Test
  void option_beforeAndAfterTheCommand_theLaterWins() {
    String store = "file:" + home.resolve("s.mv");
    TestCli.Result result = cli.run("--store", "memory:", "regions", "--store", store);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("s.mv (embedded, nothing stored yet)");
  }

  @Test
  void option_twiceInOnePlace_isRefused() {
    TestCli.Result result = cli.run("regions", "--store", "memory:", "--store", "memory:");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'--store'", "should be specified only once");
  }

  @Test
  void helpAndVersion_workEverywhere() {
    assertThat(cli.run("--version").out()).isEqualTo("regionsnap (not packaged)\n");
    for (String command : COMMANDS) {
      TestCli.Result help = cli.run(command, "--help");
      assertThat(help.exitCode()).isZero();
      assertThat(help.out()).startsWith("Usage: regionsnap " + command).contains("--lock-timeout");
      assertThat(help.err()).isEmpty();
      assertThat(cli.run(command, "-V").out()).startsWith("regionsnap ");
      assertThat(cli.run("--help").out()).contains("\n  " + command);
    }
  }

  @Test
  void help_namesEveryExitCode() {
    String help = cli.run("--help").out();
    for (ExitCode code : ExitCode.values()) {
      assertThat(help).containsPattern("\n  %-3d ".formatted(code.number()));
    }
  }

  @Test
  void noCommand_isMisuse() {
    TestCli.Result result = cli.run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("a command is missing", "Try 'regionsnap --help'.");
  }

  @Test
  void misspelled_isAnsweredWithWhatIsMeant() {
    TestCli.Result command = cli.run("lates");
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err()).contains("regionsnap latest");
    TestCli.Result option = cli.run("history", "mena", "--limt", "3");
    assertThat(option.exitCode()).isEqualTo(2);
    assertThat(option.err()).contains("--limit");
  }

  @Test
  void badValues_areMisuse() {
    String[][] misuses = {
      {"latest", "MENA"},
      {"get", "mena"},
      {"get", "mena", "a:b"},
      {"at", "mena"},
      {"at", "mena", "yesterday"},
      {"history"},
      {"history", "mena", "--limit", "-1"},
      {"history", "mena", "--from", "2026-01-02T00:00:00Z", "--to", "2026-01-01T00:00:00Z"},
      {"regions", "--layout", "other"},
      {"regions", "--lock-timeout", "-1"},
      {"completion", "fish"},
      {"sample", "--days", "91"},
      {"sample", "--per-day", "481"},
      {"sample", "--size", "2047"},
    };
    for (String[] arguments : misuses) {
      TestCli.Result result = cli.run(arguments);
      assertThat(result.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("regionsnap: ").contains("--help");
      assertThat(home).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://user:hunter2@host:6379",
        "mysql://:hunter2@host",
        "https://x:hunter2@host/path",
        "upstash:hunter2",
        "hunter2",
        "ftp://user:hunter2@host",
        "file://user:hunter2@host/path"
      })
  void storeThatCannotBeUsed_isMisuseAndKeepsSecrets(String url) {
    for (TestCli.Result result : List.of(
        cli.run("regions", "--store", url),
        new TestCli(home).with("REGIONSNAP_STORE", url).run("regions", "--verbose"),
        cli.run("regions", "--stroe=" + url),
        cli.run("persist", "--store", url, "--verbose"))) {
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err().replace("--stroe=hunter2", "").replace("--stroe=upstash:hunter2", ""))
          .doesNotContain("hunter2");
    }
  }

  @Test
  void verbose_showsTheStackTraceAndNothingElseDoes() throws IOException {
    Path foreign = Files.writeString(home.resolve("foreign"), "text");
    String[] arguments = {"regions", "--store", "file:" + foreign};
    TestCli.Result quiet = cli.run(arguments);
    assertThat(quiet.exitCode()).isEqualTo(1);
    assertThat(quiet.err()).contains(foreign.toString()).doesNotContain("\tat ", "   at ");
    assertThat(Files.readString(foreign)).isEqualTo("text");
    TestCli.Result verbose = cli.run("-v", "regions", "--store", "file:" + foreign);
    assertThat(verbose.err()).contains("at io.regionsnap.adapters.inmemory");
  }

  @Test
  void storeInUse_isWaitedForAndThenAFailure() {
    Path file = home.resolve("busy.mv");
    try (EmbeddedStore busy =
        EmbeddedStore.open(file, EmbeddedStore.Options.readWrite(), () -> TestCli.NOW)) {
      TestCli.Result result = cli.reading(snapshot("mena", "a", 0))
          .run("persist", "--store", "file:" + file, "--lock-timeout", "0");
      assertThat(busy).isNotNull();
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains(file.toString(), "A longer --lock-timeout waits longer");
      cli.interruption().request();
      TestCli.Result interrupted = cli.run("persist", "--store", "file:" + file);
      assertThat(interrupted.exitCode()).isEqualTo(130);
    }
  }

  @Test
  void storeInUse_interruptedWhileWaiting_endsWith130() throws Exception {
    Path file = home.resolve("busy.mv");
    try (EmbeddedStore busy =
        EmbeddedStore.open(file, EmbeddedStore.Options.readWrite(), () -> TestCli.NOW)) {
      PipedInputStream seen = new PipedInputStream();
      OutputStream err = new PipedOutputStream(seen);
      Interruption interruption = new Interruption();
      var run = CompletableFuture.supplyAsync(() -> new Cli(new Surroundings(
              InputStream.nullInputStream(),
              OutputStream.nullOutputStream(),
              err,
              Terminals.NONE,
              Map.of("HOME", home.toString()),
              () -> TestCli.NOW,
              () -> 1,
              interruption))
          .run("regions", "--store", "file:" + file, "--lock-timeout", "600"));
      // The first byte of the line that says that it waits.
      assertThat(seen.read()).isEqualTo('s');
      interruption.request();
      assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(130);
      assertThat(busy).isNotNull();
    }
  }

  @Test
  void colours_onTerminalsOnlyAndNotAgainstNoColor() {
    String escape = "\u001b[";
    assertThat(cli.run("--help").out()).doesNotContain(escape);
    cli.on(true, true, true);
    assertThat(cli.run("--help").out()).contains(escape);
    assertThat(cli.with("TERM", "dumb").run("--help").out()).doesNotContain(escape);
    cli.with("TERM", "xterm");
    assertThat(cli.run("--help").out()).contains(escape);
    assertThat(cli.with("NO_COLOR", "1").run("--help").out()).doesNotContain(escape);
  }

  @Test
  void completion_isAScriptForBothShells() {
    String bash = cli.run("completion").out();
    assertThat(bash)
        .startsWith("#!/usr/bin/env bash")
        .contains("worldmonitor", "history", "doctor");
    assertThat(cli.run("completion", "zsh").out()).isEqualTo(bash);
  }

  @Test
  void internalError_isSaidWithoutAStackTrace() {
    TestCli.Result result = cli.runTo(
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new IllegalStateException("secret");
          }
        },
        "completion");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("internal error: IllegalStateException")
        .doesNotContain("secret", "\tat ");
  }
}
