package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every snippet of README is run, or is the text of something that is. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @TempDir
  Path folder = Path.of("replaced");

  /**
   * In the order of the page, in one folder: a later command finds what an earlier one persisted.
   */
  @Test
  void shellSnippets_runAsPrinted() throws Exception {
    List<String> commands =
        snippets("sh").stream().filter(snippet -> !snippet.startsWith("mvn")).toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(2);
    assertThat(commands.get(0)).isEqualTo("./regionsnap sample | ./regionsnap persist -\n");
    Shell shell = new Shell(folder);
    List<String> outputs = new ArrayList<>();
    for (String command : commands) {
      outputs.add(shell.run(command));
    }
    assertThat(outputs.get(0).lines()).hasSize(8).allMatch(line -> line.startsWith("persisted"));
    assertThat(outputs.get(1)).startsWith("{\"region_id\":\"mena\"").contains("sub-saharan-africa");
  }

  @Test
  void mavenSnippet_isWhatCiRuns() throws IOException {
    List<String> commands =
        snippets("sh").stream().filter(snippet -> snippet.startsWith("mvn")).toList();
    assertThat(commands).hasSize(1);
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("\n" + commands.get(0));
  }

  @Test
  void javaSnippet_isTheExampleThatIsTested() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/regionsnap/app/ReadmeExampleTest.java"));
    String example =
        source.substring(source.indexOf("// [readme]") + 11, source.indexOf("// [/readme]"));
    assertThat(snippets("java")).hasSize(1);
    assertThat(Page.words(snippets("java").get(0))).isEqualTo(Page.words(example) + " }");
  }

  @Test
  void exitCodes_areThoseOfTheProgram() throws IOException {
    List<String> numbers = Pattern.compile("(?m)^\\| (\\d+) \\|")
        .matcher(readme())
        .results()
        .map(match -> match.group(1))
        .toList();
    assertThat(numbers).containsExactlyElementsOf(ExitCode.meanings().keySet());
    String order = Stream.of(ExitCode.values())
        .filter(code -> code != ExitCode.USAGE)
        .map(code -> Integer.toString(code.number()))
        .collect(Collectors.joining(", "));
    assertThat(readme()).contains("the most severe one wins: " + order + ".");
  }

  @Test
  void modules_areThoseOfTheBuild() throws IOException {
    String build = Files.readString(ROOT.resolve("pom.xml"));
    List<String> modules = Pattern.compile("<module>(.*)</module>")
        .matcher(build)
        .results()
        .map(match -> match.group(1))
        .toList();
    List<String> described = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
        .matcher(readme())
        .results()
        .map(match -> match.group(1))
        .toList();
    assertThat(described).containsExactlyInAnyOrderElementsOf(modules);
  }

  private static List<String> snippets(String language) throws IOException {
    return new Page(readme()).snippets(language);
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }
}
