package io.regionsnap.benchmarks;

import io.regionsnap.benchmarks.Scores.Point;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What must come out, and what did. */
final class Bars {
  private final Scores scores;
  private final Extras extras;
  private final Grid grid = new Grid(
      "Bars",
      "Ratios of one run: with several rounds, the median of those within each.",
      List.of("measure", "bar", "reached", ""));

  private Bars(Scores scores, Extras extras) {
    this.scores = scores;
    this.extras = extras;
  }

  static String markdown(Scores scores, Extras extras) {
    Bars bars = new Bars(scores, extras);
    bars.redis();
    bars.roundTrips();
    bars.growth();
    bars.rest();
    bars.cpu();
    bars.coldStart();
    return bars.grid.markdown();
  }

  private void redis() {
    for (int threads : List.of(1, 8)) {
      Point ours = Point.persist(Groups.PERSIST, Who.SCRIPT, threads, Groups.TYPICAL);
      atLeast(
          "script, 12 KB, against the best with the same guarantee, " + threads(threads),
          threads == 1 ? 1.3 : 2,
          against(Guarantee.SAME, ours));
      for (int payload : Groups.PAYLOADS.subList(1, Groups.PAYLOADS.size())) {
        Point here = ours.with("bytes", payload);
        atLeast(
            "script, %s, against the best with a weaker one, %s"
                .formatted(Tables.kilobytes(payload), threads(threads)),
            payload == Groups.TYPICAL ? 0.9 : 1,
            against(Guarantee.WEAKER, here));
      }
      atLeast(
          "script, 12 KB, against the floor, " + threads(threads),
          0.9,
          against(Guarantee.FLOOR, ours));
    }
  }

  private static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }

  private OptionalDouble against(Guarantee guarantee, Point ours) {
    return scores.ratio(ours, scores.best(guarantee, ours));
  }

  private void roundTrips() {
    for (int payload : Groups.PAYLOADS) {
      Point ours =
          Point.persist(Groups.ROUND_TRIP, Who.SCRIPT, 1, payload).with("roundTripMillis", 1);
      atLeast(
          "script, %s, against the best with a weaker guarantee, 1 ms away"
              .formatted(Tables.kilobytes(payload)),
          1,
          against(Guarantee.WEAKER, ours));
    }
  }

  private void growth() {
    Point point = Point.persist(Groups.INDEX, Who.SCRIPT, 1, Groups.TYPICAL);
    atMost(
        "time of a commit with 1,000,000 in the index, against 100",
        1.3,
        scores.ratio(point.with("members", 100), point.with("members", 1_000_000)));
  }

  private void rest() {
    Point ours = Point.persist(Groups.REST, Who.UPSTASH, 1, Groups.TYPICAL);
    atLeast(
        "8 regions over REST at 100 ms, against the old writer",
        12,
        scores.ratio(ours, ours.with("who", Who.OLD_REST.name())));
    Point read = new Point(Groups.REST, "latestEight", 1, Map.of("reader", Reader.UPSTASH.name()));
    atLeast(
        "reading all latest over REST at 100 ms, against the old reader",
        12,
        scores.ratio(read, read.with("reader", Reader.OLD_REST.name())));
    atMost(
        "requests for 8 regions over REST", 1, extras.get(WireBytes.REQUESTS, Who.UPSTASH.name()));
    atMost("bytes sent per byte, REST", 1.3, extras.get(WireBytes.BYTES, Who.UPSTASH.name()));
    atMost("bytes sent per byte, Redis", 1.1, extras.get(WireBytes.BYTES, Who.SCRIPT.name()));
  }

  private void cpu() {
    Point both =
        new Point(Groups.CPU, "readAndPlan", 1, Map.of("bytes", Integer.toString(Groups.TYPICAL)));
    atMost(
        "reading the JSON and planning, 12 KB, as a part of the Redis round trip",
        0.1,
        scores.ratio(Point.persist(Groups.PERSIST, Who.SCRIPT, 1, Groups.TYPICAL), both));
    OptionalDouble allocated = scores.detail(both, "gc.alloc.rate.norm");
    atMost(
        "allocated for that, as a part of the body",
        2,
        allocated.isEmpty()
            ? allocated
            : OptionalDouble.of(allocated.getAsDouble() / Groups.TYPICAL));
  }

  private void coldStart() {
    OptionalDouble hello = extras.get(ColdStart.SECONDS, ColdStart.HELLO);
    OptionalDouble latest = extras.get(ColdStart.SECONDS, Reader.EMBEDDED.name());
    atMost(
        "`latest`, embedded, against a JVM that says hello",
        3,
        hello.isEmpty() || latest.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(latest.getAsDouble() / hello.getAsDouble()));
  }

  private void atLeast(String measure, double bar, OptionalDouble reached) {
    row(measure, "at least " + number(bar), reached, reached.orElse(0) >= bar);
  }

  private void atMost(String measure, double bar, OptionalDouble reached) {
    row(measure, "at most " + number(bar), reached, reached.orElse(0) <= bar);
  }

  private void row(String measure, String bar, OptionalDouble reached, boolean met) {
    String value = Grid.format(reached, "%.3f");
    grid.row(2, List.of(measure, bar, value, value.isEmpty() ? "" : met ? "met" : "**missed**"));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
