package io.regionsnap.app;

import io.regionsnap.domain.invariants.FindingCode;
import java.util.List;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what a finding means. */
@Command(
    name = "explain",
    description = "Says what a finding of audit means, and what repair does about it.",
    sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "CODE",
      description = "Such as POINTER_STALE. Default: all of them.")
  @Nullable FindingCode code;

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
  public Integer call() {
    (code == null ? List.of(FindingCode.values()) : List.of(code)).forEach(this::explain);
    console.flush();
    return ExitCode.OK.number();
  }

  private void explain(FindingCode explained) {
    if (options.json) {
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
