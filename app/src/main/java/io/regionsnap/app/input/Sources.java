package io.regionsnap.app.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says what the operands of a command mean: {@code -} is the standard input, a file ending in
 * {@code .json} is one document, another file is one document on each line, a folder is its
 * {@code .json}, {@code .ndjson} and {@code .jsonl} files in the order of their names.
 */
public final class Sources {
  private static final String JSON = ".json";
  private static final Set<String> IN_FOLDERS = Set.of(JSON, ".ndjson", ".jsonl");

  private Sources() {}

  /**
   * The sources that operands name. A folder is listed now; files are opened later.
   *
   * @param operands as given on the command line
   * @param stdin the standard input
   * @return the sources, in order; one that fails when it is opened for a folder that cannot be
   *     listed
   */
  public static List<Source> of(List<String> operands, InputStream stdin) {
    List<Source> sources = new ArrayList<>();
    for (String operand : operands) {
      if (operand.equals("-")) {
        sources.add(Source.stdin(stdin));
      } else if (Files.isDirectory(Path.of(operand))) {
        sources.addAll(folder(Path.of(operand)));
      } else {
        sources.add(file(Path.of(operand)));
      }
    }
    return List.copyOf(sources);
  }

  private static List<Source> folder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> IN_FOLDERS.contains(extension(file)) && !Files.isDirectory(file))
          .sorted()
          .map(Sources::file)
          .toList();
    } catch (IOException e) {
      return List.of(new Source(folder.toString(), true, () -> {
        throw e;
      }));
    }
  }

  private static Source file(Path file) {
    return new Source(
        file.toString(), extension(file).equals(JSON), () -> Files.newInputStream(file));
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }

  /**
   * Says in words why something cannot be read or written.
   *
   * @param e what the file system said
   * @return a few words
   */
  public static String problem(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String said = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }
}
