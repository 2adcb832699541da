package io.regionsnap.proof.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/** A summary to read, and to process. */
final class SummaryText {
  private SummaryText() {}

  /** As a table, faults in rows and stores in columns, and the control group below. */
  static String table(Summary summary) {
    List<String> stores = List.copyOf(summary.stores().keySet());
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("", stores, "all"));
    for (String counter : counters(summary, true)) {
      rows.add(row(counter.substring(Summary.FAULT.length()), summary, counter));
    }
    List<String> faults = new ArrayList<>();
    summary
        .stores()
        .values()
        .forEach(counters -> faults.add(Long.toString(Summary.faults(counters))));
    rows.add(row("FAULTS INJECTED", faults, Long.toString(summary.faults())));
    for (Figure figure : Figure.values()) {
      rows.add(row(figure.toString(), summary, figure.toString()));
    }
    StringBuilder text = new StringBuilder(aligned(rows)).append("\nThe control group:\n");
    List<List<String>> controls = new ArrayList<>();
    for (Detection found : summary.detections()) {
      controls.add(List.of(found.control(), found.property(), verdict(found)));
    }
    return text.append(aligned(controls)).toString();
  }

  private static String verdict(Detection found) {
    return found.isCaught() ? "caught at try " + found.tries() : "NOT CAUGHT";
  }

  private static Set<String> counters(Summary summary, boolean faults) {
    Set<String> names = new TreeSet<>();
    summary.stores().values().forEach(counters -> names.addAll(counters.keySet()));
    names.removeIf(name -> name.startsWith(Summary.FAULT) != faults);
    return names;
  }

  private static List<String> row(String name, List<String> cells, String last) {
    List<String> row = new ArrayList<>(List.of(name));
    row.addAll(cells);
    row.add(last);
    return row;
  }

  private static List<String> row(String name, Summary summary, String counter) {
    List<String> cells = new ArrayList<>();
    long all = 0;
    for (Map<String, Long> counters : summary.stores().values()) {
      long number = counters.getOrDefault(counter, 0L);
      cells.add(Long.toString(number));
      all += number;
    }
    return row(name, cells, Long.toString(all));
  }

  private static String aligned(List<List<String>> rows) {
    Map<Integer, Integer> widths = new TreeMap<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        widths.merge(i, row.get(i).length(), Math::max);
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        String cell = row.get(i);
        text.append(cell).append(" ".repeat(2 + widths.getOrDefault(i, 0) - cell.length()));
      }
      text.append(row.get(row.size() - 1)).append('\n');
    }
    return text.toString();
  }

  /** As one JSON document. */
  static String json(Summary summary) {
    StringJoiner stores = new StringJoiner(",\n    ", "{\n    ", "\n  }");
    summary.stores().forEach((store, counters) -> {
      StringJoiner numbers = new StringJoiner(", ", "{", "}");
      counters.forEach((counter, number) -> numbers.add(quoted(counter) + ": " + number));
      stores.add(quoted(store) + ": " + numbers);
    });
    StringJoiner controls = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
    for (Detection found : summary.detections()) {
      controls.add("{\"control\": %s, \"property\": %s, \"tries\": %d, \"finding\": %s}"
          .formatted(
              quoted(found.control()),
              quoted(found.property()),
              found.tries(),
              quoted(found.finding())));
    }
    return "{\n  \"faults\": %d,\n  \"violations\": %d,\n  \"stores\": %s,\n  \"controls\": %s\n}\n"
        .formatted(summary.faults(), summary.total(Figure.VIOLATIONS), stores, controls);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
