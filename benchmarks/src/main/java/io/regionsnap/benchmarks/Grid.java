package io.regionsnap.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A table in Markdown; a cell of what was not measured is empty, and so are no whole rows. */
final class Grid {
  private final String title;
  private final String note;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param title stands above it
   * @param note says how to read it
   * @param columns the heads of the columns
   */
  Grid(String title, String note, List<String> columns) {
    this.title = title;
    this.note = note;
    rows.add(List.copyOf(columns));
  }

  /** Adds a row, unless all but its first cells are empty. */
  void row(int heads, List<String> cells) {
    if (cells.subList(heads, cells.size()).stream().anyMatch(cell -> !cell.isEmpty())) {
      rows.add(List.copyOf(cells));
    }
  }

  /** The text; empty if there are no rows. */
  String markdown() {
    if (rows.size() == 1) {
      return "";
    }
    StringBuilder text =
        new StringBuilder("### ").append(title).append("\n\n").append(note).append("\n\n");
    line(text, rows.get(0));
    line(text, rows.get(0).stream().map(head -> "---").toList());
    rows.subList(1, rows.size()).forEach(row -> line(text, row));
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  static String times(OptionalDouble ratio) {
    return format(ratio, "%.2f ×");
  }

  static String perSecond(OptionalDouble rate) {
    return rate.isPresent() && rate.getAsDouble() < 100
        ? format(rate, "%.1f")
        : format(rate, "%,.0f");
  }

  static String format(OptionalDouble number, String pattern) {
    return number.isEmpty() ? "" : String.format(Locale.ROOT, pattern, number.getAsDouble());
  }
}
