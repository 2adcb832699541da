package io.regionsnap.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.regionsnap.app.input.Sources;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.repair.Change;
import io.regionsnap.domain.repair.RepairPlan;
import io.regionsnap.domain.repair.RepairStep;
import io.regionsnap.domain.repair.Seen;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;

/**
 * Keeps a plan in a file: a line that says what it is, then one line for each step. Bodies are
 * named by their SHA-256 and not copied.
 *
 * <pre>
 *  {"regionsnap_plan":1,"layout":"tagged","steps":2}
 *  {"region_id":"mena","findings":[...],"index":"...","seen":[...],"entries":[...],"changes":[...]}
 * </pre>
 */
final class PlanFile {
  /** The version of the form that this program writes, and the only one that it reads. */
  static final int VERSION = 1;

  private static final JsonFactory FACTORY = new JsonFactory();

  private final GlobalOptions options;

  @Inject
  PlanFile(GlobalOptions options) {
    this.options = options;
  }

  /** Writes the fields of something. */
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  void write(RepairPlan plan, Path file) {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write(line(json -> {
        json.writeNumberField("regionsnap_plan", VERSION);
        json.writeStringField("layout", options.layout().toString());
        json.writeNumberField("steps", plan.steps().size());
      }));
      for (RepairStep step : plan.steps()) {
        writer.write(line(json -> writeTo(json, step)));
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "cannot write %s: %s".formatted(file, Sources.problem(e)), e);
    }
  }

  private static String line(Fields fields) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    }
    return text + "\n";
  }

  RepairPlan read(Path file) {
    try {
      return new PlanReader(options.layout())
          .read(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "cannot read %s: %s".formatted(file, Sources.problem(e)), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s is no plan: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The fields of a step. */
  static void writeTo(JsonGenerator json, RepairStep step) throws IOException {
    if (step.region().isPresent()) {
      json.writeStringField("region_id", step.region().map(Region::name).orElse(""));
    }
    json.writeArrayFieldStart("findings");
    for (Finding finding : step.findings()) {
      json.writeStartObject();
      FindingReport.writeTo(json, finding);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("index", step.index().name());
    json.writeArrayFieldStart("seen");
    for (Map.Entry<Key, Seen> entry : step.seen().entrySet()) {
      json.writeStartObject();
      json.writeStringField("key", entry.getKey().name());
      write(json, entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("entries");
    for (IndexEntry entry : step.entries()) {
      json.writeStartObject();
      write(json, entry);
      json.writeEndObject();
    }
    json.writeEndArray();
    writeChanges(json, step.changes());
  }

  private static void write(JsonGenerator json, Seen seen) throws IOException {
    if (seen instanceof Seen.Bytes bytes) {
      json.writeStringField("sha256", bytes.sha256());
      json.writeNumberField("bytes", bytes.size());
    } else if (seen instanceof Seen.OfKind other) {
      json.writeStringField("kind", other.kind().name());
    }
  }

  private static void write(JsonGenerator json, IndexEntry entry) throws IOException {
    json.writeStringField("member", entry.member());
    json.writeNumberField("score", entry.score());
  }

  private static void writeChanges(JsonGenerator json, List<Change> changes) throws IOException {
    json.writeArrayFieldStart("changes");
    for (Change change : changes) {
      json.writeStartObject();
      write(json, change);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Change change) throws IOException {
    if (change instanceof Change.Aside aside) {
      json.writeStringField("move", aside.from().name());
      json.writeStringField("kind", aside.kind().name());
      json.writeStringField("to", aside.to().name());
      json.writeNumberField("expires_at", aside.expiresAtMillis());
    } else if (change instanceof Change.Place place) {
      json.writeStringField("put", place.key().name());
      write(json, place.body());
      json.writeNumberField("expires_at", place.expiresAtMillis());
    } else if (change instanceof Change.Drop drop) {
      json.writeStringField("delete", drop.key().name());
    } else if (change instanceof Change.Index index) {
      json.writeStringField("add", index.index().name());
      write(json, index.entry());
    } else if (change instanceof Change.Strike strike) {
      json.writeStringField("remove", strike.index().name());
      write(json, strike.entry());
      json.writeStringField("note", strike.note().name());
      json.writeNumberField("expires_at", strike.expiresAtMillis());
    } else if (change instanceof Change.Prune prune) {
      json.writeStringField("prune", prune.index().name());
      json.writeNumberField("span", prune.spanMillis());
    } else if (change instanceof Change.Point point) {
      json.writeStringField("point", point.pointer().name());
      json.writeStringField("at_top_of", point.index().name());
      json.writeNumberField("lifetime", point.lifetimeMillis());
    } else {
      Change.ClearLive clear = (Change.ClearLive) change;
      json.writeStringField("clear", clear.live().name());
      json.writeStringField("index", clear.index().name());
      json.writeNumberField("top", clear.top());
    }
  }
}
