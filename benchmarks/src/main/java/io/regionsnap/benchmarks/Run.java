package io.regionsnap.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Takes turns, each in a JVM of its own, and keeps what JMH writes about them: a file for each
 * group, complete up to the last turn that ended, in the order in which they were taken.
 */
final class Run {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * How long a turn takes.
   *
   * @param warmupMillis before anything is measured
   * @param measuredMillis while it is
   * @param forks 1, or 0 to stay in this JVM, which only proves that it can be done
   */
  record Pace(long warmupMillis, long measuredMillis, int forks) {
    private static final int SLICES = 3;
  }

  private final Path folder;
  private final Map<String, ArrayNode> results = new HashMap<>();

  Run(Path folder) {
    this.folder = folder;
  }

  /** Takes a turn; what it found out is on disk afterwards. */
  void take(Turn turn, Pace pace) throws RunnerException, IOException {
    Path own = Files.createTempFile("regionsnap-benchmark", ".json");
    try {
      ChainedOptionsBuilder options = new OptionsBuilder()
          .include(turn.benchmark().getName() + "\\." + turn.method() + "$")
          .mode(turn.mode())
          .threads(turn.threads())
          .forks(pace.forks())
          .warmupIterations(1)
          .warmupTime(TimeValue.milliseconds(pace.warmupMillis()))
          .measurementIterations(Pace.SLICES)
          .measurementTime(TimeValue.milliseconds(pace.measuredMillis() / Pace.SLICES))
          .shouldFailOnError(true)
          .verbosity(VerboseMode.SILENT)
          .addProfiler(GCProfiler.class)
          .addProfiler(CpuTime.class)
          .resultFormat(ResultFormatType.JSON)
          .result(own.toString());
      turn.params().forEach(options::param);
      new Runner(options.build()).run();
      keep(turn.group(), own);
    } finally {
      Files.delete(own);
    }
  }

  private void keep(String group, Path own) throws IOException {
    ArrayNode all = results.computeIfAbsent(group, unused -> MAPPER.createArrayNode());
    MAPPER.readTree(own.toFile()).forEach(entry -> {
      // A path of this machine.
      ((ObjectNode) entry).remove("jvm");
      all.add(entry);
    });
    MAPPER.writeValue(folder.resolve("jmh-" + group + ".json").toFile(), all);
  }

  /** Removes what an earlier run has left in the folder. */
  static void clear(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (var files = Files.list(folder)) {
      List<Path> old = files
          .filter(file -> file.getFileName().toString().matches("jmh-.*\\.json|extras\\.json"))
          .toList();
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }
}
