package io.regionsnap.app;

import io.regionsnap.domain.invariants.FindingCode;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Says what a finding means. */
final class ExplainCommand implements NamedCommand {
  private final PositionalParamSpec code = PositionalParamSpec.builder()
      .arity("0..1")
      .paramLabel("CODE")
      .type(FindingCode.class)
      .description("Such as POINTER_STALE. Default: all of them.")
      .build();
  private final CommandSpec spec = Arguments.command(
          this, "explain", "Says what a finding of audit means, and what repair does about it.")
      .addPositional(code);

  private final Console console;
  private final JsonLines json;
  private final GlobalOptions options;

  @Inject
  ExplainCommand(Console console, JsonLines json, GlobalOptions options) {
    this.console = console;
    this.json = json;
    this.options = options;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    FindingCode named = code.getValue();
    (named == null ? List.of(FindingCode.values()) : List.of(named)).forEach(this::explain);
    console.flush();
    return ExitCode.OK.number();
  }

  private void explain(FindingCode explained) {
    if (options.json()) {
      json.object(generator -> {
        generator.writeStringField("code", explained.name());
        generator.writeStringField("severity", FindingReport.inText(explained.severity()));
        generator.writeStringField("explanation", explained.explanation());
        generator.writeStringField("fix", explained.fix());
      });
      return;
    }
    console.line("%s (%s)".formatted(explained, FindingReport.inText(explained.severity())));
    console.line("  " + explained.explanation());
    console.line("  Repair: " + explained.fix());
  }
}
