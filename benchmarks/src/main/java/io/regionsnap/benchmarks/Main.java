package io.regionsnap.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs benchmarks, in rounds, and shows what came out as ratios. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    description = "Persists snapshots on a Redis of its own, beside peers, and shows ratios.")
public final class Main implements Callable<Integer> {
  @Option(
      names = "--payloads",
      split = ",",
      defaultValue = "12288",
      description = "Bytes of a document (default: ${DEFAULT-VALUE}).")
  private List<String> payloads = List.of();

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "1",
      description = "Documents persisted together (default: ${DEFAULT-VALUE}).")
  private List<String> batches = List.of();

  @Option(
      names = "--threads",
      split = ",",
      defaultValue = "1,8",
      description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads = List.of();

  @Option(
      names = "--contenders",
      split = ",",
      defaultValue = "SCRIPT,MULTI_EXEC,LETTUCE_WATCH,LETTUCE_MULTI,FLOOR_INLINE,FLOOR_STAGED",
      description = "Who takes part (default: ${DEFAULT-VALUE}).")
  private List<RedisContender> contenders = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "2",
      description = "How often all take their turn (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "Measured seconds in each turn (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--out",
      defaultValue = "benchmarks/target/results",
      description = "A folder for the results (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of(".");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  /** The command line. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    Files.createDirectories(out);
    for (int round = 1; round <= rounds; round++) {
      for (int count : threads) {
        run(round, count);
      }
    }
    PrintWriter output = spec.commandLine().getOut();
    new PersistTable(ResultFiles.in(out)).print(output);
    output.flush();
    return 0;
  }

  private void run(int round, int count) throws RunnerException {
    new Runner(new OptionsBuilder()
            .include(RedisPersistBenchmark.class.getName())
            .param("contender", contenders.stream().map(Enum::name).toArray(String[]::new))
            .param("bytes", payloads.toArray(String[]::new))
            .param("batch", batches.toArray(String[]::new))
            .threads(count)
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(seconds)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(out.resolve("jmh-persist-" + count + "-" + round + ".json").toString())
            .build())
        .run();
  }
}
