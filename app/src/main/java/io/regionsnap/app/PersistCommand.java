package io.regionsnap.app;

import io.regionsnap.app.input.Source;
import io.regionsnap.app.input.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Persists snapshots from files, folders or the standard input. */
@Command(
    name = "persist",
    description = {
      "Persists snapshots, each one wholly or not at all.",
      "Reports every one. What is wrong with one does not stop the others. Persisting the same"
          + " snapshots again is safe."
    },
    sortOptions = false)
final class PersistCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE|DIR|-",
      description = "A .json file is one snapshot; any other file, and - for the standard input, is"
          + " one snapshot on each line, or a single indented one. A folder is its .json, .ndjson and"
          + " .jsonl files. Default: the standard input.")
  List<String> operands = new ArrayList<>();

  @Option(
      names = "--repair-first",
      description = "Audit and mend the regions of the snapshots before persisting them.")
  boolean repairFirst;

  @Spec
  CommandSpec spec = CommandSpec.create();

  private final Surroundings surroundings;
  private final Stores stores;
  private final PersistRun.Factory runs;

  @Inject
  PersistCommand(Surroundings surroundings, Stores stores, PersistRun.Factory runs) {
    this.surroundings = surroundings;
    this.stores = stores;
    this.runs = runs;
  }

  @Override
  public Integer call() {
    if (operands.isEmpty() && surroundings.terminals().in()) {
      throw new ParameterException(
          spec.commandLine(), "nothing to persist: name files or folders, or pipe snapshots in");
    }
    List<Source> sources =
        Sources.of(operands.isEmpty() ? List.of("-") : operands, surroundings.in());
    return stores.writing(useCases -> runs.create(
            useCases.persist(),
            repairFirst ? Optional.of(useCases.repair()) : Optional.empty(),
            sources)
        .run());
  }
}
