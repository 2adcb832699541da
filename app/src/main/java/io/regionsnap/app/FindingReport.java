package io.regionsnap.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.audit.AuditListener;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.Drift;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.invariants.FindingCode.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Inject;

/**
 * Tells what an audit found: for people grouped by region and code, and of each group only so many
 * that it can be read; for programs every finding on a line of its own, as soon as it is found.
 */
final class FindingReport implements AuditListener {
  private static final int MOST_SHOWN = 10;

  private final Console console;
  private final JsonLines json;
  private final GlobalOptions options;
  private final Progress progress;
  private final Interruption interruption;
  private final Map<String, Map<FindingCode, Group>> groups = new TreeMap<>();
  private final Map<Severity, Long> severities = new EnumMap<>(Severity.class);

  @Inject
  FindingReport(
      Console console,
      JsonLines json,
      GlobalOptions options,
      Progress progress,
      Interruption interruption) {
    this.console = console;
    this.json = json;
    this.options = options;
    this.progress = progress;
    this.interruption = interruption;
  }

  /** Findings of one kind in one region. */
  private static final class Group {
    private final List<Finding> first = new ArrayList<>();
    private long count;
  }

  void begin(String what) {
    if (options.json()) {
      progress.begin(what, -1);
    } else {
      progress.beginSilent(what, -1);
    }
  }

  void end() {
    progress.end();
  }

  @Override
  public void drifted(Drift drift) {
    for (Finding finding : drift.findings()) {
      severities.merge(finding.code().severity(), 1L, Long::sum);
      if (options.json()) {
        json.object(generator -> writeTo(generator, finding));
        continue;
      }
      Group group = groups
          .computeIfAbsent(region(finding), none -> new EnumMap<>(FindingCode.class))
          .computeIfAbsent(finding.code(), none -> new Group());
      group.count++;
      if (group.first.size() < MOST_SHOWN) {
        group.first.add(finding);
      }
    }
  }

  private static String region(Finding finding) {
    return finding.region().map(Region::name).orElse("of no region");
  }

  @Override
  public void looked(long keys) {
    progress.update(keys);
    if (interruption.isRequested()) {
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  static void writeTo(JsonGenerator json, Finding finding) throws IOException {
    json.writeStringField("code", finding.code().name());
    json.writeStringField("severity", inText(finding.code().severity()));
    if (finding.region().isPresent()) {
      json.writeStringField("region_id", finding.region().get().name());
    }
    json.writeStringField("key", finding.key().name());
    json.writeStringField("expected", finding.expected());
    json.writeStringField("seen", finding.seen());
    json.writeStringField("fix", finding.code().fix());
  }

  static String inText(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  /** Prints what was found. */
  ExitCode print(AuditOutcome outcome) {
    printGroups();
    return outcome.match(
        complete -> {
          console.say(summary(complete.totals()));
          return complete.totals().findings() == 0 ? ExitCode.OK : ExitCode.DRIFT;
        },
        cutShort -> {
          console.say(summary(cutShort.totals()));
          console.say("regionsnap: the audit is not complete; cannot read %s"
              .formatted(cutShort.message()));
          return ExitCode.FAILURE;
        });
  }

  /** Prints what was found so far, if it is for people. */
  void printGroups() {
    groups.forEach((region, codes) -> {
      console.line(region);
      codes.forEach(this::print);
    });
    groups.clear();
    // What is said next would otherwise stand before it on a terminal.
    console.flush();
  }

  private void print(FindingCode code, Group group) {
    console.line("  %s (%s): %d".formatted(code, inText(code.severity()), group.count));
    for (Finding finding : group.first) {
      console.line("    %s".formatted(finding.key()));
      console.line("      expected: %s; seen: %s".formatted(finding.expected(), finding.seen()));
    }
    if (group.count > group.first.size()) {
      console.line(
          "    and %d more; --json names each of them".formatted(group.count - group.first.size()));
    }
  }

  private String summary(AuditOutcome.Totals totals) {
    StringBuilder text = new StringBuilder("%s, %s: %s"
        .formatted(
            counted(totals.regions(), "region"),
            counted(totals.snapshots(), "snapshot"),
            totals.findings() == 0 ? "no drift" : counted(totals.findings(), "finding")));
    if (totals.findings() > 0) {
      List<String> parts = new ArrayList<>();
      severities.forEach((severity, count) -> parts.add(count + " " + inText(severity)));
      text.append(" (").append(String.join(", ", parts)).append(')');
    }
    if (totals.quarantined() > 0) {
      text.append("; ").append(counted(totals.quarantined(), "key")).append(" in quarantine");
    }
    if (totals.findings() > 0) {
      text.append("\nregionsnap explain CODE says what a finding means; regionsnap repair mends");
    }
    return text.toString();
  }

  static String counted(long number, String what) {
    return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }
}
