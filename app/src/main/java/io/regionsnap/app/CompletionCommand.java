package io.regionsnap.app;

import javax.inject.Inject;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Prints the script that lets a shell complete commands and options. */
final class CompletionCommand implements NamedCommand {

  private final PositionalParamSpec shell = PositionalParamSpec.builder()
      .arity("0..1")
      .paramLabel("SHELL")
      .type(String.class)
      .description("bash or zsh; the script is the same. Default: bash.")
      .build();
  private final CommandSpec spec = Arguments.command(
          this,
          "completion",
          "Prints a completion script.",
          "To use it: source <(regionsnap completion)")
      .addPositional(shell);

  private final Console console;

  @Inject
  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    String named = Arguments.given(shell, "bash");
    if (!named.equals("bash") && !named.equals("zsh")) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no script for '%s'; for bash and zsh there is".formatted(named));
    }
    console.line(AutoComplete.bash("regionsnap", spec.root().commandLine()));
    console.flush();
    return ExitCode.OK.number();
  }
}
