package io.regionsnap.app;

import javax.inject.Inject;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What there is without a command: help, the version and the global options. */
@Command(
    name = "regionsnap",
    description = "Keeps regional snapshots: each one persisted wholly or not at all.",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes; where several apply, the most severe:%n",
    footer = {
      "",
      "To begin: regionsnap sample | regionsnap persist -",
    })
final class RootCommand implements Runnable {
  @Mixin
  final GlobalOptions options;

  @Spec
  CommandSpec spec;

  @Inject
  RootCommand(GlobalOptions options) {
    this.options = options;
    this.spec = CommandSpec.create();
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
