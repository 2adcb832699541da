package io.regionsnap.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the documentation.
 *
 * @param text all of it
 */
record Page(String text) {
  private static final Pattern EXIT = Pattern.compile("# exits with (\\d+)");

  /** Reads a page by its path below the root of the project. */
  static Page of(String path) throws IOException {
    return new Page(Files.readString(Path.of("..").resolve(path)));
  }

  /** What stands in its blocks of a language, one after the other. */
  List<String> snippets(String language) {
    Matcher matcher = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(text);
    return matcher.results().map(match -> match.group(1)).toList();
  }

  /**
   * All lines of its shell blocks as one program, which goes on only where each exits as its
   * comment says: with 0, if there is none.
   */
  String program() {
    return snippets("sh").stream()
        .flatMap(String::lines)
        .map(Page::checked)
        .collect(Collectors.joining("\n", "set +e\n", "\n"));
  }

  private static String checked(String line) {
    Matcher exit = EXIT.matcher(line);
    return "%s\ncode=$?\n[ $code = %s ] || { echo \"code $code\" of '%s' >&2; exit 99; }"
        .formatted(line, exit.find() ? exit.group(1) : "0", line.replace("'", "'\\''"));
  }

  /** The rows of its tables, heads aside, whose first cell is a code or a number of this form. */
  List<List<String>> rows(String firstCell) {
    return text.lines()
        .filter(line -> line.matches("\\| " + firstCell + " \\|.*"))
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
        .toList();
  }

  /** As one line, as it is meant when it is wrapped. */
  static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
