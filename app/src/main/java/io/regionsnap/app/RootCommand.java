package io.regionsnap.app;

import javax.inject.Inject;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What there is without a command: help, the version and the global options. */
final class RootCommand implements Runnable {
  final CommandSpec spec = Arguments.command(
      this, "regionsnap", "Keeps regional snapshots: each one persisted wholly or not at all.");

  @Inject
  RootCommand(GlobalOptions options) {
    options.addTo(spec);
    spec.usageMessage()
        .exitCodeListHeading("%nExit codes; where several apply, the most severe:%n")
        .footer("", "To begin: regionsnap sample | regionsnap persist -");
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Says which version this is. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RootCommand.class.getPackage().getImplementationVersion();
      return new String[] {"regionsnap " + (version == null ? "(not packaged)" : version)};
    }
  }
}
