package io.regionsnap.app;

import io.regionsnap.adapters.json.JacksonDocumentReader;
import io.regionsnap.app.input.Sources;
import io.regionsnap.app.sample.Sample;
import io.regionsnap.app.sample.SampleSeries;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes snapshots up. */
@Command(
    name = "sample",
    description = {
      "Makes up realistic snapshots of eight regions.",
      "One each, dated now; or many, spread evenly over the last days. Writes one on each line, or"
          + " files. All of one run can be persisted."
    },
    sortOptions = false)
final class SampleCommand implements Callable<Integer> {
  private static final int DEFAULT_PER_DAY = 4;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Spread them over the last N days, 1 to 90. With --per-day alone: 1.")
  @Nullable Integer days;

  @Option(
      names = "--per-day",
      paramLabel = "N",
      description = "For each region N a day, 1 to 480. With --days alone: 4.")
  @Nullable Integer perDay;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Make each document exactly this large, 2048 to 8388608. Default: 6 to 20 KB.")
  @Nullable Integer size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds make equal snapshots, at the same time. Default: any.")
  @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write files into this folder. What exists is not overwritten.")
  @Nullable Path folder;

  @Spec
  CommandSpec spec = CommandSpec.create();

  private final Surroundings surroundings;
  private final Console console;

  @Inject
  SampleCommand(Surroundings surroundings, Console console) {
    this.surroundings = surroundings;
    this.console = console;
  }

  @Override
  public Integer call() {
    Iterator<Sample> samples = series().samples().iterator();
    int written = 0;
    while (samples.hasNext() && !surroundings.interruption().isRequested()) {
      write(samples.next());
      written++;
    }
    console.flush();
    if (folder != null) {
      console.say("%d files written to %s".formatted(written, folder));
    }
    return ExitCode.OK.number();
  }

  private SampleSeries series() {
    requireWithin("--days", days, 1, SampleSeries.MAX_DAYS);
    requireWithin("--per-day", perDay, 1, SampleSeries.MAX_PER_DAY);
    requireWithin("--size", size, SampleSeries.MIN_SIZE, JacksonDocumentReader.DEFAULT_MAX_BYTES);
    OptionalInt bytes = size == null ? OptionalInt.empty() : OptionalInt.of(size);
    long chosenSeed = seed == null ? surroundings.seeds().getAsLong() : seed;
    if (seed == null) {
      console.say("seed: " + chosenSeed);
    }
    long now = surroundings.clock().millis();
    if (days == null && perDay == null) {
      return SampleSeries.now(bytes, chosenSeed, now);
    }
    return SampleSeries.overDays(
        days == null ? 1 : days, perDay == null ? DEFAULT_PER_DAY : perDay, bytes, chosenSeed, now);
  }

  private void requireWithin(String option, @Nullable Integer number, int least, int most) {
    if (number != null && (number < least || number > most)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is %d; it must be %d to %d".formatted(option, number, least, most));
    }
  }

  private void write(Sample sample) {
    if (folder == null) {
      console.write(sample.document().toByteArray());
      console.write(new byte[] {'\n'});
      return;
    }
    Path file = folder.resolve("%s-%d.json".formatted(sample.region(), sample.generatedAtMillis()));
    try {
      Files.createDirectories(folder);
      Files.write(file, sample.document().toByteArray(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, file + " exists already; choose another folder", e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "cannot write %s: %s".formatted(file, Sources.problem(e)), e);
    }
  }
}
