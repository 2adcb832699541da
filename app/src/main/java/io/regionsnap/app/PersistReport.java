package io.regionsnap.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.regionsnap.app.input.Item;
import io.regionsnap.app.input.Origin;
import io.regionsnap.app.input.Source;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.repair.RepairOutcome;
import io.regionsnap.ports.Key;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;

/** Tells what became of each snapshot, and of all of them. */
final class PersistReport {
  /** What can become of a snapshot, in the order of the summary. */
  private enum Kind {
    PERSISTED,
    ALREADY_PERSISTED,
    DUPLICATE,
    REFUSED,
    UNKNOWN,
    TORN;

    String inJson() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    String inText() {
      return inJson().replace('_', ' ');
    }
  }

  /**
   * One line of the report.
   *
   * @param reason what there is to say beside the outcome; empty if nothing
   * @param keys those that are there in part
   */
  private record Entry(
      Origin origin,
      Optional<Snapshot> snapshot,
      Kind kind,
      Optional<Refusal.Code> code,
      String reason,
      List<Key> keys,
      ExitCode exitCode) {

    Entry(
        Origin origin,
        Optional<Snapshot> snapshot,
        Kind kind,
        Optional<Refusal.Code> code,
        String reason,
        ExitCode exitCode) {
      this(origin, snapshot, kind, code, reason, List.of(), exitCode);
    }
  }

  private final Console console;
  private final JsonLines json;
  private final GlobalOptions options;
  private final Progress progress;
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private ExitCode exitCode = ExitCode.OK;

  @Inject
  PersistReport(Console console, JsonLines json, GlobalOptions options, Progress progress) {
    this.console = console;
    this.json = json;
    this.options = options;
    this.progress = progress;
  }

  /** Begins. What is persisted counts, even if nobody listens any more. */
  void begin(List<Source> sources) {
    console.keepGoingWithoutReader();
    boolean known = sources.stream().allMatch(Source::wholeDocument);
    progress.begin("persist", known ? sources.size() : -1);
  }

  /** What became of a repair beforehand. Whatever it was, persisting is safe. */
  void repaired(RepairOutcome outcome) {
    outcome.match(
        clean -> {
          if (clean.applied() > 0) {
            console.say("regionsnap: repaired first, in %d step%s"
                .formatted(clean.applied(), clean.applied() == 1 ? "" : "s"));
          }
          return exitCode;
        },
        left -> {
          console.say("regionsnap: %d findings are left after the repair; see: regionsnap audit"
              .formatted(left.left().size()));
          return end(ExitCode.DRIFT);
        },
        failed -> {
          console.say("regionsnap: the repair before persisting failed: " + failed.message());
          return end(ExitCode.FAILURE);
        });
  }

  private ExitCode end(ExitCode another) {
    exitCode = exitCode.and(another);
    return exitCode;
  }

  /** What became of a snapshot. */
  boolean outcome(Origin origin, Snapshot snapshot, PersistOutcome outcome) {
    Optional<Snapshot> of = Optional.of(snapshot);
    return report(outcome.match(
        () -> new Entry(origin, of, Kind.PERSISTED, Optional.empty(), "", ExitCode.OK),
        () -> new Entry(origin, of, Kind.ALREADY_PERSISTED, Optional.empty(), "", ExitCode.OK),
        duplicate -> new Entry(
            origin, of, Kind.DUPLICATE, Optional.empty(), duplicate.winner().text(), ExitCode.OK),
        refused -> refused(origin, of, refused.refusal()),
        unknown -> new Entry(
            origin, of, Kind.UNKNOWN, Optional.empty(), unknown.message(), ExitCode.UNKNOWN),
        torn -> new Entry(
            origin, of, Kind.TORN, Optional.empty(), torn.message(), torn.keys(), ExitCode.DRIFT)));
  }

  /** A document that is no snapshot. */
  boolean noSnapshot(Origin origin, Refusal refusal) {
    return report(refused(origin, Optional.empty(), refusal));
  }

  /** A source that could not be read, or not to its end. */
  void unreadable(Item.Unreadable source) {
    console.say("regionsnap: cannot read %s: %s".formatted(source.source(), source.problem()));
    exitCode = exitCode.and(ExitCode.FAILURE);
  }

  /** Gives out what was reported so far, so that it is known as soon as it is true. */
  void chunkEnds() {
    console.flush();
    progress.update(counts.values().stream().mapToInt(Integer::intValue).sum());
  }

  /** The run was asked to end. */
  void interrupted() {
    console.say("regionsnap: interrupted; what is not reported was not persisted");
    exitCode = exitCode.and(ExitCode.INTERRUPTED);
  }

  /** Sums up. */
  ExitCode end() {
    progress.end();
    if (counts.isEmpty() && exitCode == ExitCode.OK) {
      console.say(
          "regionsnap: there was no snapshot in the input; see whether what makes them works");
      return ExitCode.FAILURE;
    }
    int total = counts.values().stream().mapToInt(Integer::intValue).sum();
    String parts = counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().inText())
        .collect(Collectors.joining(", "));
    console.say("%d snapshot%s: %s"
        .formatted(total, total == 1 ? "" : "s", parts.isEmpty() ? "none read" : parts));
    return exitCode;
  }

  private static Entry refused(Origin origin, Optional<Snapshot> snapshot, Refusal refusal) {
    boolean byStore = refusal.code() == Refusal.Code.STORE_UNAVAILABLE
        || refusal.code() == Refusal.Code.STORE_REJECTED;
    return new Entry(
        origin,
        snapshot,
        Kind.REFUSED,
        Optional.of(refusal.code()),
        refusal.message(),
        byStore ? ExitCode.FAILURE : ExitCode.REFUSED);
  }

  private boolean report(Entry entry) {
    counts.merge(entry.kind(), 1, Integer::sum);
    exitCode = exitCode.and(entry.exitCode());
    if (options.json()) {
      json.object(generator -> writeTo(generator, entry));
    } else {
      console.line(text(entry));
    }
    return true;
  }

  private static String text(Entry entry) {
    StringBuilder line = new StringBuilder(entry.kind().inText());
    entry
        .snapshot()
        .ifPresent(snapshot -> line.append("  ")
            .append(snapshot.region())
            .append("  ")
            .append(new Moment(snapshot.generatedAtMillis()))
            .append("  ")
            .append(snapshot.id()));
    if (entry.kind() == Kind.DUPLICATE) {
      line.append("  of ").append(entry.reason());
    } else if (!entry.reason().isEmpty()) {
      line.append("  ").append(entry.origin()).append(": ");
      entry.code().ifPresent(code -> line.append(code).append(": "));
      line.append(entry.reason());
    }
    if (!entry.keys().isEmpty()) {
      line.append("; written: ")
          .append(entry.keys().stream().map(Key::name).collect(Collectors.joining(", ")))
          .append("; to complete it, persist it again or run: regionsnap repair");
      entry.snapshot().ifPresent(snapshot -> line.append(' ').append(snapshot.region()));
    }
    return line.toString();
  }

  private static void writeTo(JsonGenerator json, Entry entry) throws IOException {
    json.writeStringField("source", entry.origin().source());
    if (entry.origin().line().isPresent()) {
      json.writeNumberField("line", entry.origin().line().getAsLong());
    }
    if (entry.snapshot().isPresent()) {
      SnapshotPrinter.writeNames(json, entry.snapshot().get());
    }
    json.writeStringField("outcome", entry.kind().inJson());
    if (entry.kind() == Kind.DUPLICATE) {
      json.writeStringField("winner", entry.reason());
    } else if (!entry.reason().isEmpty()) {
      if (entry.code().isPresent()) {
        json.writeStringField("code", entry.code().get().name());
      }
      json.writeStringField("message", entry.reason());
    }
    if (!entry.keys().isEmpty()) {
      json.writeArrayFieldStart("written_keys");
      for (Key key : entry.keys()) {
        json.writeString(key.name());
      }
      json.writeEndArray();
    }
  }
}
