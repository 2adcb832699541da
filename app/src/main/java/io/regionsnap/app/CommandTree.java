package io.regionsnap.app;

import javax.inject.Inject;
import picocli.CommandLine;

/** All commands, under the root. */
final class CommandTree {
  private final RootCommand root;
  private final SampleCommand sample;
  private final PersistCommand persist;
  private final LatestCommand latest;
  private final GetCommand get;
  private final AtCommand at;
  private final HistoryCommand history;
  private final RegionsCommand regions;
  private final AuditCommand audit;
  private final ExplainCommand explain;
  private final RepairCommand repair;
  private final DoctorCommand doctor;
  private final CompletionCommand completion;

  @Inject
  CommandTree(
      RootCommand root,
      SampleCommand sample,
      PersistCommand persist,
      LatestCommand latest,
      GetCommand get,
      AtCommand at,
      HistoryCommand history,
      RegionsCommand regions,
      AuditCommand audit,
      ExplainCommand explain,
      RepairCommand repair,
      DoctorCommand doctor,
      CompletionCommand completion) {
    this.root = root;
    this.sample = sample;
    this.persist = persist;
    this.latest = latest;
    this.get = get;
    this.at = at;
    this.history = history;
    this.regions = regions;
    this.audit = audit;
    this.explain = explain;
    this.repair = repair;
    this.doctor = doctor;
    this.completion = completion;
  }

  /** A new command line; the commands themselves are always the same. */
  CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(root)
        .addSubcommand(sample)
        .addSubcommand(persist)
        .addSubcommand(latest)
        .addSubcommand(get)
        .addSubcommand(at)
        .addSubcommand(history)
        .addSubcommand(regions)
        .addSubcommand(audit)
        .addSubcommand(explain)
        .addSubcommand(repair)
        .addSubcommand(doctor)
        .addSubcommand(completion);
    commandLine.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
    withHelp(commandLine);
    commandLine.getSubcommands().values().forEach(CommandTree::withHelp);
    return commandLine;
  }

  private static void withHelp(CommandLine commandLine) {
    commandLine
        .getCommandSpec()
        .mixinStandardHelpOptions(true)
        .versionProvider(new RootCommand.Version());
  }
}
