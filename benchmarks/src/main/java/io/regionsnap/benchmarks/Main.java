package io.regionsnap.benchmarks;

import io.regionsnap.benchmarks.Run.Pace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures regionsnap and its peers, and shows what came out. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    description = "Measures regionsnap and its peers, and shows what came out.")
public final class Main implements Runnable {
  /** How long a turn takes beside what it is given: a JVM and a server start. */
  private static final double START_SECONDS = 2;

  /**
   * How much of a turn is not measured: on two cores it takes a JVM some 20 seconds to compile what
   * persists, and the longer the more code that is.
   */
  private static final double WARM_UP = 0.7;

  private static final int COLD_STARTS = 15;
  private static final String OUT = "benchmarks/target/results";

  @Spec
  private CommandSpec spec = CommandSpec.create();

  /** The command line. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what is to be run? quick, full, persist or report");
  }

  /** The typical size. */
  @Command(description = "The typical size beside the peers that matter most, in a few minutes.")
  int quick(
      @Option(
              names = "--minutes",
              defaultValue = "14",
              description = "How long it may take (default: ${DEFAULT-VALUE}).")
          double minutes,
      @Option(
              names = "--out",
              defaultValue = OUT,
              description = "A folder for the results (default: ${DEFAULT-VALUE}).")
          Path out)
      throws IOException, RunnerException, InterruptedException {
    return measure(Groups.quick(), minutes, out, false);
  }

  /** Everything. */
  @Command(description = "Everything: all sizes, peers, stores, growth, cold starts.")
  int full(
      @Option(
              names = "--minutes",
              defaultValue = "90",
              description = "How long it may take (default: ${DEFAULT-VALUE}).")
          double minutes,
      @Option(
              names = "--groups",
              split = ",",
              description = "Only these tables: " + Groups.NAMES + ".")
          @Nullable Set<String> groups,
      @Option(
              names = "--out",
              defaultValue = OUT,
              description = "A folder for the results (default: ${DEFAULT-VALUE}).")
          Path out)
      throws IOException, RunnerException, InterruptedException {
    List<Turn> turns = chosen(groups);
    if (!ColdStart.hasLauncher()) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no ./regionsnap to start; run this by benchmarks/run, or from the root of a clone");
    }
    return measure(turns, minutes, out, true);
  }

  private List<Turn> chosen(@Nullable Set<String> groups) {
    if (groups == null) {
      return Groups.full();
    }
    List<Turn> turns =
        Groups.full().stream().filter(turn -> groups.contains(turn.group())).toList();
    Set<String> unknown = new TreeSet<>(groups);
    turns.forEach(turn -> unknown.remove(turn.group()));
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no such group: " + unknown + "; there are " + Groups.NAMES);
    }
    return turns;
  }

  /** What one chooses. */
  @Command(description = "Persisting, by whom, of what and how often one chooses.")
  int persist(
      @Option(
              names = "--who",
              split = ",",
              defaultValue = "SCRIPT,LETTUCE_WATCH,LETTUCE_MULTI,FLOOR_INLINE,FLOOR_STAGED",
              description = "Who: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
          List<Who> who,
      @Option(
              names = "--bytes",
              split = ",",
              defaultValue = "12288",
              description = "Sizes (default: ${DEFAULT-VALUE}).")
          List<Integer> bytes,
      @Option(
              names = "--threads",
              split = ",",
              defaultValue = "1,8",
              description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
          List<Integer> threads,
      @Option(
              names = "--rounds",
              defaultValue = "2",
              description = "How often all take their turn (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Option(
              names = "--seconds",
              defaultValue = "30",
              description =
                  "Seconds of each turn, the last third of them measured (default: ${DEFAULT-VALUE}).")
          double seconds,
      @Option(
              names = "--out",
              defaultValue = OUT,
              description = "A folder for the results (default: ${DEFAULT-VALUE}).")
          Path out)
      throws IOException, RunnerException {
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int count : threads) {
        for (int size : bytes) {
          for (Who each : who) {
            turns.add(Turn.persist(Groups.PERSIST, each).with("bytes", size).threads(count));
          }
        }
      }
    }
    take(turns, turn -> pace(seconds), out);
    return report(out);
  }

  /** The report alone. */
  @Command(description = "The tables and the picture again, of results that are there.")
  int report(
      @Option(
              names = "--out",
              defaultValue = OUT,
              description = "The folder with the results (default: ${DEFAULT-VALUE}).")
          Path out)
      throws IOException {
    PrintWriter output = spec.commandLine().getOut();
    output.println(Report.write(out));
    output.flush();
    return 0;
  }

  private int measure(List<Turn> turns, double minutes, Path out, boolean processes)
      throws IOException, RunnerException, InterruptedException {
    double shares = turns.stream().mapToDouble(Turn::share).sum();
    double seconds = Math.max(1, (minutes * 60 - turns.size() * START_SECONDS) / shares);
    take(turns, turn -> pace(seconds * turn.share()), out);
    Extras extras = Extras.in(out);
    tell("counting bytes");
    WireBytes.count(extras);
    if (processes) {
      tell("starting processes");
      ColdStart.measure(extras, COLD_STARTS);
    }
    return report(out);
  }

  private static Pace pace(double seconds) {
    long millis = (long) (seconds * 1_000);
    long warmUp = (long) (millis * WARM_UP);
    return new Pace(warmUp, millis - warmUp, 1);
  }

  private void take(List<Turn> turns, Function<Turn, Pace> pace, Path out)
      throws IOException, RunnerException {
    Run.clear(out);
    Extras.in(out).describe();
    Run run = new Run(out);
    for (int i = 0; i < turns.size(); i++) {
      tell("%d/%d %s".formatted(i + 1, turns.size(), turns.get(i)));
      run.take(turns.get(i), pace.apply(turns.get(i)));
    }
  }

  private void tell(String what) {
    PrintWriter error = spec.commandLine().getErr();
    error.println("benchmarks: " + what);
    error.flush();
  }
}
