package io.regionsnap.app;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.inject.Inject;
import javax.inject.Provider;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** All commands, under the root. */
final class CommandTree {
  private static final String COMPLETION = "completion";

  private final RootCommand root;
  private final Map<String, Provider<? extends NamedCommand>> commands = new LinkedHashMap<>();

  @Inject
  CommandTree(
      RootCommand root,
      Provider<SampleCommand> sample,
      Provider<PersistCommand> persist,
      Provider<LatestCommand> latest,
      Provider<GetCommand> get,
      Provider<AtCommand> at,
      Provider<HistoryCommand> history,
      Provider<RegionsCommand> regions,
      Provider<AuditCommand> audit,
      Provider<ExplainCommand> explain,
      Provider<RepairCommand> repair,
      Provider<DoctorCommand> doctor,
      Provider<CompletionCommand> completion) {
    this.root = root;
    commands.put("sample", sample);
    commands.put("persist", persist);
    commands.put("latest", latest);
    commands.put("get", get);
    commands.put("at", at);
    commands.put("history", history);
    commands.put("regions", regions);
    commands.put("audit", audit);
    commands.put("explain", explain);
    commands.put("repair", repair);
    commands.put("doctor", doctor);
    commands.put(COMPLETION, completion);
  }

  /**
   * A new command line. Where the first argument names a command, the others are left out: to look
   * into all of them takes longer than most commands do.
   */
  CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(root.spec, Arguments.FACTORY);
    wanted(arguments)
        .forEach(
            (name, command) -> commandLine.addSubcommand(name, command.get().spec()));
    commandLine.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
    withHelp(commandLine);
    commandLine.getSubcommands().values().forEach(CommandTree::withHelp);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    return commandLine;
  }

  private Map<String, Provider<? extends NamedCommand>> wanted(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    Provider<? extends NamedCommand> only = commands.get(first);
    // Completion completes them all.
    return only == null || first.equals(COMPLETION) ? commands : Map.of(first, only);
  }

  /** Picocli's own mixin for these two is one of annotations. */
  private static void withHelp(CommandLine commandLine) {
    commandLine
        .getCommandSpec()
        .addOption(OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build())
        .addOption(OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print version information and exit.")
            .build())
        .versionProvider(new RootCommand.Version());
  }
}
