package io.regionsnap.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What can be asked for. */
class MainTest {

  @Test
  void groups_areNamedAsTheTurnsNameThem() {
    Set<String> named = Set.of(Groups.NAMES.split(", "));

    assertThat(Groups.full().stream().map(Turn::group).collect(Collectors.toSet()))
        .isEqualTo(named);
  }

  private static String refused(String... arguments) {
    StringWriter error = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(error));
    assertThat(commandLine.execute(arguments)).isEqualTo(2);
    return error.toString();
  }

  @Test
  void full_groupThatThereIsNot_saysWhichThereAre() {
    assertThat(refused("full", "--groups", "persist,nonsense"))
        .contains("no such group: [nonsense]; there are " + Groups.NAMES);
  }

  @Test
  void full_whereThereIsNoLauncher_saysSoBeforeItMeasures(@TempDir Path folder) {
    assertThat(refused("full", "--groups", "rest", "--minutes", "0", "--out", folder + "/results"))
        .contains("there is no ./regionsnap to start");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "full", "persist", "report"})
  void help_ofEachCommand_isShown(String command) {
    StringWriter output = new StringWriter();
    CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(output));

    assertThat(commandLine.execute(command, "--help")).isZero();

    assertThat(output.toString()).startsWith("Usage: benchmarks/run " + command);
  }
}
