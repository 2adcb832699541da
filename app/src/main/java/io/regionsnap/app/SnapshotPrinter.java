package io.regionsnap.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.ports.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.inject.Inject;

/** Prints snapshots that were read, and says what is wrong where one was not. */
final class SnapshotPrinter {
  private final Console console;
  private final JsonLines json;
  private final GlobalOptions options;
  private final Surroundings surroundings;

  @Inject
  SnapshotPrinter(
      Console console, JsonLines json, GlobalOptions options, Surroundings surroundings) {
    this.console = console;
    this.json = json;
    this.options = options;
    this.surroundings = surroundings;
  }

  /**
   * Prints the only snapshot of a run: exactly its bytes.
   *
   * @param what was asked for, for messages
   */
  ExitCode printOnly(ReadOutcome outcome, String what) {
    return print(outcome, what, true);
  }

  /** Prints one of several snapshots, on a line of its own. */
  ExitCode printLine(ReadOutcome outcome, String what) {
    return print(outcome, what, false);
  }

  private ExitCode print(ReadOutcome outcome, String what, boolean only) {
    return outcome.match(
        found -> {
          print(found.snapshot(), only);
          return ExitCode.OK;
        },
        () -> {
          console.say("regionsnap: there is no %s".formatted(what));
          return ExitCode.NOT_FOUND;
        },
        drifted -> {
          console.say("regionsnap: drift: %s%s"
              .formatted(
                  drifted.problem(),
                  drifted.fallback().isPresent()
                      ? "; this is what could be read instead"
                      : "; nothing could be read instead"));
          drifted.fallback().ifPresent(snapshot -> print(snapshot, only));
          return ExitCode.DRIFT;
        },
        unreadable -> {
          console.say(
              "regionsnap: cannot read %s: %s; try again".formatted(what, unreadable.message()));
          return ExitCode.FAILURE;
        });
  }

  private void print(Snapshot snapshot, boolean only) {
    if (options.json()) {
      json.object(generator -> {
        writeNames(generator, snapshot);
        generator.writeFieldName("snapshot");
        generator.writeRawValue(new String(onOneLine(snapshot.body()), StandardCharsets.UTF_8));
      });
    } else if (only) {
      console.write(snapshot.body().toByteArray());
      if (surroundings.terminals().out()) {
        console.line("");
      }
    } else {
      console.write(onOneLine(snapshot.body()));
      console.line("");
    }
  }

  /** Writes what a snapshot is called by. */
  static void writeNames(JsonGenerator json, Snapshot snapshot) throws IOException {
    json.writeStringField("region", snapshot.region().name());
    writeNames(json, snapshot.id().text(), snapshot.generatedAtMillis());
  }

  /** Writes what a snapshot is called by within its region. */
  static void writeNames(JsonGenerator json, String id, long generatedAtMillis) throws IOException {
    json.writeStringField("id", id);
    json.writeNumberField("generated_at", generatedAtMillis);
    json.writeStringField("time", new Moment(generatedAtMillis).toString());
  }

  /** Line ends are only white space in JSON: within a string they would be escaped. */
  private static byte[] onOneLine(Value body) {
    byte[] bytes = body.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    return bytes;
  }
}
