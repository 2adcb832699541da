package io.regionsnap.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What can be asked for. */
class MainTest {

  @Test
  void groups_areNamedAsTheTurnsNameThem() {
    Set<String> named = Set.of(Groups.NAMES.split(", "));

    assertThat(Groups.full().stream().map(Turn::group).collect(Collectors.toSet()))
        .isEqualTo(named);
  }

  @Test
  void full_groupThatThereIsNot_saysWhichThereAre() {
    StringWriter error = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(error));

    assertThat(commandLine.execute("full", "--groups", "persist,nonsense")).isEqualTo(2);

    assertThat(error.toString()).contains("no such group: [nonsense]; there are " + Groups.NAMES);
  }
}
