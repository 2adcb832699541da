package io.regionsnap.benchmarks;

import io.regionsnap.benchmarks.Scores.Point;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Persisting one snapshot on Redis as a picture: for each size, regionsnap and the best of each
 * guarantee, as multiples of the best peer with the same guarantee. One panel for each number of
 * threads, with the bar that regionsnap is to reach. An SVG with a background of its own, light or
 * dark as the reader's surroundings are.
 */
final class Chart {
  private static final int WIDTH = 920;
  private static final int HEIGHT = 470;
  private static final int PANEL_WIDTH = 384;
  private static final int LEFT = 60;
  private static final int GAP = 56;
  private static final int TOP = 118;
  private static final int BASE = 390;
  private static final int BAR_WIDTH = 18;
  private static final List<Guarantee> ORDER =
      List.of(Guarantee.OURS, Guarantee.SAME, Guarantee.WEAKER, Guarantee.FLOOR);
  private static final String STYLE = """
      <style>
        text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #24292f; }
        .title { font-size: 18px; font-weight: 600; }
        .quiet { fill: #57606a; font-size: 12px; }
        .value { font-size: 11px; text-anchor: middle; }
        .middle { text-anchor: middle; }
        .end { text-anchor: end; }
        .card { fill: #ffffff; stroke: #d0d7de; }
        .grid { stroke: #d8dee4; stroke-width: 1; }
        .bar { stroke: #24292f; stroke-width: 2; stroke-dasharray: 5 3; }
        .axis { stroke: #8c959f; stroke-width: 1; }
        .ours { fill: #0969da; } .same { fill: #8250df; } .weaker { fill: #bf8700; } .floor { fill: #8c959f; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; } .quiet { fill: #9198a1; } .card { fill: #0d1117; stroke: #3d444d; }
          .grid { stroke: #2a313c; } .bar { stroke: #e6edf3; }
          .ours { fill: #4493f8; } .same { fill: #ab7df8; } .weaker { fill: #d29922; } .floor { fill: #6e7681; }
        }
      </style>
      """;

  private final Scores scores;
  private final StringBuilder svg = new StringBuilder();
  private final double top;

  private Chart(Scores scores) {
    this.scores = scores;
    double highest = 2.2;
    for (int threads : List.of(1, 8)) {
      for (int payload : Groups.PAYLOADS) {
        for (Guarantee guarantee : ORDER) {
          highest = Math.max(highest, height(threads, payload, guarantee).orElse(0));
        }
      }
    }
    this.top = Math.ceil(highest * 2) / 2;
  }

  static String svg(Scores scores, String machine) {
    return new Chart(scores).draw(machine);
  }

  private String draw(String machine) {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
        .formatted(WIDTH, HEIGHT));
    svg.append("<title>Commits a second on Redis, as multiples of the best peer with the same"
        + " guarantee</title>\n");
    svg.append(STYLE);
    svg.append("<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n"
        .formatted(WIDTH - 1, HEIGHT - 1));
    text(24, 34, "title", "Persisting one snapshot on Redis");
    text(
        24,
        55,
        "quiet",
        "Commits a second, as multiples of the best peer with the same guarantee."
            + " Higher is better.");
    legend();
    panel(LEFT, 1, 1.3);
    panel(LEFT + PANEL_WIDTH + GAP, 8, 2);
    text(24, HEIGHT - 16, "quiet", "Nothing kept on disk. " + machine);
    return svg.append("</svg>\n").toString();
  }

  private void legend() {
    int x = 24;
    for (Guarantee guarantee : ORDER) {
      String label = switch (guarantee) {
        case OURS -> "regionsnap, script";
        case SAME -> "best with the same guarantee";
        case WEAKER -> "best with a weaker guarantee";
        case FLOOR -> "floor: bare socket, leanest script";
      };
      rect(x, 69, 12, 12, guarantee);
      text(x + 18, 80, "", label);
      x += 44 + (int) (label.length() * 6.7);
    }
  }

  private void panel(int left, int threads, double bar) {
    for (double step = 0; step <= top; step += 0.5) {
      line(left, y(step), left + PANEL_WIDTH, y(step), "grid");
      text(
          left - 8,
          y(step) + 4,
          "quiet end",
          step == Math.rint(step) ? "%.0f ×".formatted(step) : "");
    }
    text(left, TOP - 14, "", threads == 1 ? "1 thread" : threads + " threads");
    int slot = PANEL_WIDTH / Groups.PAYLOADS.size();
    for (int i = 0; i < Groups.PAYLOADS.size(); i++) {
      int payload = Groups.PAYLOADS.get(i);
      int middle = left + slot * i + slot / 2;
      bars(middle, threads, payload);
      text(middle, BASE + 20, "middle", Tables.kilobytes(payload));
      if (payload == Groups.TYPICAL) {
        line(left + slot * i + 4, y(bar), left + slot * (i + 1) - 4, y(bar), "bar");
        text(middle, BASE + 37, "quiet middle", String.format(Locale.ROOT, "bar %.1f ×", bar));
      }
    }
    line(left, BASE, left + PANEL_WIDTH, BASE, "axis");
  }

  private void bars(int middle, int threads, int payload) {
    int x = middle - ORDER.size() * (BAR_WIDTH + 2) / 2;
    for (Guarantee guarantee : ORDER) {
      OptionalDouble height = height(threads, payload, guarantee);
      if (height.isPresent()) {
        int y = y(height.getAsDouble());
        rect(x, y, BAR_WIDTH, BASE - y, guarantee);
        text(
            x + BAR_WIDTH / 2,
            y - 4,
            "value",
            String.format(Locale.ROOT, "%.1f", height.getAsDouble()));
      }
      x += BAR_WIDTH + 2;
    }
  }

  private OptionalDouble height(int threads, int payload, Guarantee guarantee) {
    Point ours = Point.persist(Groups.PERSIST, Who.SCRIPT, threads, payload);
    Point same = scores.best(Guarantee.SAME, ours);
    return scores.ratio(guarantee == Guarantee.OURS ? ours : scores.best(guarantee, ours), same);
  }

  private int y(double value) {
    return (int) Math.round(BASE - value / top * (BASE - TOP));
  }

  private void text(int x, int y, String classes, String text) {
    svg.append("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>%n".formatted(x, y, classes, text));
  }

  private void rect(int x, int y, int width, int height, Guarantee guarantee) {
    svg.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>%n"
        .formatted(guarantee.name().toLowerCase(Locale.ROOT), x, y, width, height));
  }

  private void line(int x1, int y1, int x2, int y2, String classes) {
    svg.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" class=\"%s\"/>%n"
        .formatted(x1, y1, x2, y2, classes));
  }
}
