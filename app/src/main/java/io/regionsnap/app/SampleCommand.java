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
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Makes snapshots up. */
final class SampleCommand implements NamedCommand {
  private static final int DEFAULT_PER_DAY = 4;

  private final OptionSpec days = Arguments.option(
          "--days",
          "N",
          Integer.class,
          "Spread them over the last N days, 1 to 90. With --per-day alone: 1.")
      .build();
  private final OptionSpec perDay = Arguments.option(
          "--per-day",
          "N",
          Integer.class,
          "For each region N a day, 1 to 480. With --days alone: 4.")
      .build();
  private final OptionSpec size = Arguments.option(
          "--size",
          "BYTES",
          Integer.class,
          "Make each document exactly this large, 2048 to 8388608. Default: 6 to 20 KB.")
      .build();
  private final OptionSpec seed = Arguments.option(
          "--seed",
          "N",
          Long.class,
          "Equal seeds make equal snapshots, at the same time. Default: any.")
      .build();
  private final OptionSpec out = Arguments.option(
          "--out",
          "DIR",
          Path.class,
          "Write files into this folder. What exists is not overwritten.")
      .build();
  private final CommandSpec spec = Arguments.command(
          this,
          "sample",
          "Makes up realistic snapshots of eight regions.",
          "One each, dated now; or many, spread evenly over the last days. Writes one on each line, or"
              + " files. All of one run can be persisted.")
      .addOption(days)
      .addOption(perDay)
      .addOption(size)
      .addOption(seed)
      .addOption(out);

  private final Surroundings surroundings;
  private final Console console;

  @Inject
  SampleCommand(Surroundings surroundings, Console console) {
    this.surroundings = surroundings;
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    Path folder = out.getValue();
    Iterator<Sample> samples = series().samples().iterator();
    int written = 0;
    while (samples.hasNext() && !surroundings.interruption().isRequested()) {
      write(samples.next(), folder);
      written++;
    }
    console.flush();
    if (folder != null) {
      console.say("%d files written to %s".formatted(written, folder));
    }
    return ExitCode.OK.number();
  }

  private SampleSeries series() {
    requireWithin(days, 1, SampleSeries.MAX_DAYS);
    requireWithin(perDay, 1, SampleSeries.MAX_PER_DAY);
    requireWithin(size, SampleSeries.MIN_SIZE, JacksonDocumentReader.DEFAULT_MAX_BYTES);
    Integer given = size.getValue();
    OptionalInt bytes = given == null ? OptionalInt.empty() : OptionalInt.of(given);
    long chosenSeed = chosenSeed();
    long now = surroundings.clock().millis();
    if (!Arguments.isGiven(days) && !Arguments.isGiven(perDay)) {
      return SampleSeries.now(bytes, chosenSeed, now);
    }
    return SampleSeries.overDays(
        Arguments.given(days, 1), Arguments.given(perDay, DEFAULT_PER_DAY), bytes, chosenSeed, now);
  }

  private long chosenSeed() {
    Long given = seed.getValue();
    if (given != null) {
      return given;
    }
    long any = surroundings.seeds().getAsLong();
    console.say("seed: " + any);
    return any;
  }

  private void requireWithin(OptionSpec option, int least, int most) {
    Integer number = option.getValue();
    if (number != null && (number < least || number > most)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is %d; it must be %d to %d".formatted(option.longestName(), number, least, most));
    }
  }

  private void write(Sample sample, @Nullable Path folder) {
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
