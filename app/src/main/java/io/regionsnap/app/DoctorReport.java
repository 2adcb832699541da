package io.regionsnap.app;

import static io.regionsnap.app.FindingReport.counted;

import io.regionsnap.adapters.inmemory.EmbeddedStoreException;
import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.domain.doctor.DoctorListener;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.inject.Inject;

/** Tells of each check as soon as it is made: a line, and one more for what to do. */
final class DoctorReport implements DoctorListener {
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

  private final Console console;
  private final JsonLines json;
  private final GlobalOptions options;
  private final Interruption interruption;

  @Inject
  DoctorReport(Console console, JsonLines json, GlobalOptions options, Interruption interruption) {
    this.console = console;
    this.json = json;
    this.options = options;
    this.interruption = interruption;
  }

  @Override
  public void checked(Check check) {
    if (options.json()) {
      json.object(generator -> {
        generator.writeStringField("check", check.name());
        generator.writeStringField("verdict", inText(check.verdict()));
        generator.writeStringField("seen", check.seen());
        generator.writeStringField("advice", check.advice());
      });
    } else {
      line("%s  %s: %s".formatted(inText(check.verdict()), check.name(), check.seen()));
      if (!check.advice().isEmpty()) {
        line("        " + check.advice());
      }
    }
    console.flush();
    if (interruption.isRequested()) {
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  /** What a server said may hold anything. */
  private void line(String text) {
    console.line(CONTROLS.matcher(text).replaceAll("?"));
  }

  private static String inText(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  /** Prints how it ended. */
  ExitCode print(Diagnosis diagnosis) {
    return diagnosis.match(
        sound -> {
          console.say("%s: all pass".formatted(counted(sound.checks(), "check")));
          return ExitCode.OK;
        },
        atRisk -> {
          console.say("%s: %s, nothing fails"
              .formatted(counted(atRisk.checks(), "check"), counted(atRisk.warnings(), "warning")));
          return ExitCode.OK;
        },
        unfit -> {
          console.say("%s: %s, %s"
              .formatted(
                  counted(unfit.checks(), "check"),
                  counted(unfit.failures(), "failure"),
                  counted(unfit.warnings(), "warning")));
          return ExitCode.FAILURE;
        });
  }

  /** Tells of a store in a file that could not be opened. */
  ExitCode notOpened(EmbeddedStoreException e) {
    checked(e.toCheck());
    return print(new Diagnosis.Unfit(1, 0, 1));
  }
}
