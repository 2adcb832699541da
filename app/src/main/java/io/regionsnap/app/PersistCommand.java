package io.regionsnap.app;

import io.regionsnap.app.input.Source;
import io.regionsnap.app.input.Sources;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Persists snapshots from files, folders or the standard input. */
final class PersistCommand implements NamedCommand {

  private final PositionalParamSpec operands = PositionalParamSpec.builder()
      .index("0..*")
      .arity("0..*")
      .paramLabel("FILE|DIR|-")
      .type(List.class)
      .auxiliaryTypes(String.class)
      .description("A .json file is one snapshot; any other file, and - for the standard input, is"
          + " one snapshot on each line, or a single indented one. A folder is its .json, .ndjson and"
          + " .jsonl files. Default: the standard input.")
      .build();
  private final OptionSpec repairFirst = Arguments.flag(
          "--repair-first", "Audit and mend the regions of the snapshots before persisting them.")
      .build();
  private final CommandSpec spec = Arguments.command(
          this,
          "persist",
          "Persists snapshots, each one wholly or not at all.",
          "Reports every one. What is wrong with one does not stop the others. Persisting the same"
              + " snapshots again is safe.")
      .addPositional(operands)
      .addOption(repairFirst);

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
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    List<String> named = Arguments.given(operands, List.of());
    if (named.isEmpty() && surroundings.terminals().in()) {
      throw new ParameterException(
          spec.commandLine(), "nothing to persist: name files or folders, or pipe snapshots in");
    }
    List<Source> sources = Sources.of(named.isEmpty() ? List.of("-") : named, surroundings.in());
    boolean first = Arguments.isGiven(repairFirst);
    return stores.writing(useCases -> runs.create(
            useCases.persist(), first ? Optional.of(useCases.repair()) : Optional.empty(), sources)
        .run());
  }
}
