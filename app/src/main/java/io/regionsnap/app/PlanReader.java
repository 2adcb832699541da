package io.regionsnap.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.repair.Change;
import io.regionsnap.domain.repair.RepairPlan;
import io.regionsnap.domain.repair.RepairStep;
import io.regionsnap.domain.repair.Seen;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@link PlanFile} writes. Strict: anything else is an {@link IllegalArgumentException}
 * that says what is wrong, and in which line.
 */
final class PlanReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final KeyLayout layout;

  PlanReader(KeyLayout layout) {
    this.layout = layout;
  }

  RepairPlan read(List<String> lines) throws IOException {
    List<RepairStep> steps = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        Fields fields = Fields.parse(lines.get(i));
        if (i == 0) {
          checkHead(fields, lines.size() - 1);
        } else {
          steps.add(step(fields));
        }
      } catch (JsonProcessingException | IllegalArgumentException e) {
        String problem = e instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(e.getMessage());
        throw new IllegalArgumentException("line %d: %s".formatted(i + 1, problem), e);
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    List<Finding> findings =
        steps.stream().flatMap(step -> step.findings().stream()).toList();
    return new RepairPlan(steps, findings);
  }

  private void checkHead(Fields head, int steps) {
    long version = head.number("regionsnap_plan");
    if (version != PlanFile.VERSION) {
      throw new IllegalArgumentException(
          "version %d of a plan; this program reads %d".formatted(version, PlanFile.VERSION));
    }
    if (!head.text("layout").equals(layout.toString())) {
      throw new IllegalArgumentException("it is for --layout " + head.text("layout"));
    }
    if (head.number("steps") != steps) {
      throw new IllegalArgumentException(
          "it should have %d steps and has %d".formatted(head.number("steps"), steps));
    }
  }

  private static RepairStep step(Fields fields) {
    Map<Key, Seen> seen = new LinkedHashMap<>();
    fields.list("seen").forEach(one -> seen.put(one.key("key"), seen(one)));
    return new RepairStep(
        fields.has("region_id")
            ? Optional.of(new Region(fields.text("region_id")))
            : Optional.empty(),
        fields.list("findings").stream().map(PlanReader::finding).toList(),
        seen,
        fields.key("index"),
        fields.list("entries").stream().map(PlanReader::entry).toList(),
        fields.list("changes").stream().map(PlanReader::change).toList());
  }

  private static Finding finding(Fields fields) {
    return new Finding(
        FindingCode.valueOf(fields.text("code")),
        fields.has("region_id")
            ? Optional.of(new Region(fields.text("region_id")))
            : Optional.empty(),
        fields.key("key"),
        fields.text("expected"),
        fields.text("seen"));
  }

  private static Seen seen(Fields fields) {
    if (fields.has("sha256")) {
      return bytes(fields);
    }
    return fields.has("kind")
        ? new Seen.OfKind(Kind.valueOf(fields.text("kind")))
        : new Seen.Nothing();
  }

  private static Seen.Bytes bytes(Fields fields) {
    return new Seen.Bytes(fields.text("sha256"), fields.number("bytes"));
  }

  private static IndexEntry entry(Fields fields) {
    return new IndexEntry(fields.text("member"), fields.number("score"));
  }

  private static Change change(Fields fields) {
    if (fields.has("move")) {
      return new Change.Aside(
          fields.key("move"),
          Kind.valueOf(fields.text("kind")),
          fields.key("to"),
          fields.number("expires_at"));
    } else if (fields.has("put")) {
      return new Change.Place(fields.key("put"), bytes(fields), fields.number("expires_at"));
    } else if (fields.has("delete")) {
      return new Change.Drop(fields.key("delete"));
    } else if (fields.has("add")) {
      return new Change.Index(fields.key("add"), entry(fields));
    } else if (fields.has("remove")) {
      return new Change.Strike(
          fields.key("remove"), entry(fields), fields.key("note"), fields.number("expires_at"));
    } else if (fields.has("prune")) {
      return new Change.Prune(fields.key("prune"), fields.number("span"));
    } else if (fields.has("point")) {
      return new Change.Point(
          fields.key("point"), fields.key("at_top_of"), fields.number("lifetime"));
    }
    return new Change.ClearLive(fields.key("clear"), fields.key("index"), fields.number("top"));
  }

  /** The fields of an object: texts, whole numbers, lists of objects. */
  private record Fields(Map<String, Object> all) {
    static Fields parse(String line) throws IOException {
      try (JsonParser json = FACTORY.createParser(line)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          throw new IllegalArgumentException("there is no object");
        }
        Fields fields = object(json);
        if (json.nextToken() != null) {
          throw new IllegalArgumentException("something follows the object");
        }
        return fields;
      }
    }

    private static Fields object(JsonParser json) throws IOException {
      Map<String, Object> all = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
          all.put(name, json.getText());
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
          all.put(name, json.getLongValue());
        } else if (token == JsonToken.START_ARRAY) {
          List<Fields> list = new ArrayList<>();
          while (json.nextToken() == JsonToken.START_OBJECT) {
            list.add(object(json));
          }
          all.put(name, list);
        } else {
          throw new IllegalArgumentException(name + " is of a type that no plan has");
        }
      }
      return new Fields(all);
    }

    boolean has(String name) {
      return all.containsKey(name);
    }

    String text(String name) {
      if (all.get(name) instanceof String text) {
        return text;
      }
      throw new IllegalArgumentException(name + " is missing");
    }

    long number(String name) {
      if (all.get(name) instanceof Long number) {
        return number;
      }
      throw new IllegalArgumentException(name + " is missing");
    }

    Key key(String name) {
      return new Key(text(name));
    }

    List<Fields> list(String name) {
      if (all.get(name) instanceof List<?> list) {
        return list.stream().map(Fields.class::cast).toList();
      }
      throw new IllegalArgumentException(name + " is missing");
    }
  }
}
