package io.regionsnap.benchmarks;

import io.regionsnap.benchmarks.Scores.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every measurement, in tables. */
final class Tables {
  private static final String EACH =
      "Commits a second; in brackets, how many times as many regionsnap makes by script.";

  private final Scores scores;
  private final Extras extras;

  Tables(Scores scores, Extras extras) {
    this.scores = scores;
    this.extras = extras;
  }

  String markdown() {
    return Stream.of(
            persist(1),
            persist(8),
            processors(),
            batch(),
            roundTrips(),
            times(),
            growth(),
            stores(),
            reads(),
            cpu(),
            rest(),
            wire(),
            coldStart())
        .collect(Collectors.joining());
  }

  private String persist(int threads) {
    List<String> columns = new ArrayList<>(List.of("who", "promises"));
    Groups.PAYLOADS.forEach(payload -> columns.add(kilobytes(payload)));
    Grid grid = new Grid(
        "One snapshot on Redis, " + (threads == 1 ? "1 thread" : threads + " threads"),
        EACH,
        columns);
    for (Who who : Who.values()) {
      List<String> cells = heads(who);
      for (int payload : Groups.PAYLOADS) {
        cells.add(compared(
            Point.persist(Groups.PERSIST, who, threads, payload),
            Point.persist(Groups.PERSIST, Who.SCRIPT, threads, payload)));
      }
      grid.row(2, cells);
    }
    return grid.markdown();
  }

  private String processors() {
    Grid grid = new Grid(
        "Processor time of a commit on Redis, 12 KB",
        "Microseconds, of the client's process and of the server's. The client's has the making of"
            + " the documents in it, the server's the sweeping away of old ones: the same for"
            + " everybody.",
        List.of("who", "promises", "1 thread client", "server", "8 threads client", "server"));
    for (Who who : Who.values()) {
      List<String> cells = heads(who);
      for (int threads : List.of(1, 8)) {
        Point point = Point.persist(Groups.PERSIST, who, threads, Groups.TYPICAL);
        cells.add(Grid.format(scores.detail(point, CpuTime.CLIENT), "%.0f"));
        cells.add(Grid.format(scores.detail(point, CpuTime.SERVER), "%.0f"));
      }
      grid.row(2, cells);
    }
    return grid.markdown();
  }

  private String batch() {
    Grid grid = new Grid(
        "Eight regions at once on Redis, 12 KB",
        "Batches a second; in brackets as above. By hand, the eight are one transaction: they fail"
            + " together.",
        List.of("who", "promises", "batches/s"));
    Point ours = Point.persist(Groups.BATCH, Who.SCRIPT, 1, Groups.TYPICAL);
    for (Who who : Who.values()) {
      List<String> cells = heads(who);
      cells.add(compared(Point.persist(Groups.BATCH, who, 1, Groups.TYPICAL), ours));
      grid.row(2, cells);
    }
    return grid.markdown();
  }

  private String roundTrips() {
    List<String> columns = new ArrayList<>(List.of("who", "promises"));
    Groups.PAYLOADS.forEach(payload -> columns.add("1 ms, " + kilobytes(payload)));
    columns.add("20 ms, 12 KB");
    Grid grid = new Grid("One snapshot, with a round trip injected, 1 thread", EACH, columns);
    for (Who who : Who.values()) {
      List<String> cells = heads(who);
      for (int payload : Groups.PAYLOADS) {
        cells.add(roundTrip(who, payload, 1));
      }
      cells.add(roundTrip(who, Groups.TYPICAL, 20));
      grid.row(2, cells);
    }
    return grid.markdown();
  }

  private String roundTrip(Who who, int payload, int millis) {
    Point point = Point.persist(Groups.ROUND_TRIP, who, 1, payload).with("roundTripMillis", millis);
    return compared(point, point.with("who", Who.SCRIPT.name()));
  }

  private String times() {
    Grid grid = new Grid(
        "How long one commit takes, 12 KB",
        "Milliseconds: the median, and what one in a hundred exceeds.",
        List.of("who", "promises", "1 thread p50", "p99", "8 threads p50", "p99"));
    for (Who who : Who.values()) {
      List<String> cells = heads(who);
      for (int threads : List.of(1, 8)) {
        Point point = Point.persist(Groups.TIMES, who, threads, Groups.TYPICAL);
        cells.add(Grid.format(millis(scores.detail(point, "50.0")), "%.3f"));
        cells.add(Grid.format(millis(scores.detail(point, "99.0")), "%.3f"));
      }
      grid.row(2, cells);
    }
    return grid.markdown();
  }

  private static OptionalDouble millis(OptionalDouble seconds) {
    return seconds.isEmpty() ? seconds : OptionalDouble.of(seconds.getAsDouble() * 1000);
  }

  private String growth() {
    Point point = Point.persist(Groups.INDEX, Who.SCRIPT, 1, Groups.TYPICAL);
    Grid index = new Grid(
        "Growth of the index, regionsnap by script, 12 KB",
        "How a commit's time compares with that at 100 snapshots in the index.",
        List.of("in the index", "commits/s", "time"));
    for (int members : List.of(100, 10_000, 1_000_000)) {
      Point here = point.with("members", members);
      index.row(
          1,
          List.of(
              Integer.toString(members),
              Grid.perSecond(scores.score(here)),
              Grid.times(scores.ratio(point.with("members", 100), here))));
    }
    Grid batches = new Grid(
        "Growth of batches, regionsnap by script, 12 KB",
        "Snapshots a second.",
        List.of("in a batch", "snapshots/s"));
    for (int batch : List.of(1, 10, 100, 1_000)) {
      OptionalDouble rate = scores.score(
          Point.persist(Groups.BATCHES, Who.SCRIPT, 1, Groups.TYPICAL).with("batch", batch));
      batches.row(
          1,
          List.of(
              Integer.toString(batch),
              Grid.perSecond(
                  rate.isEmpty() ? rate : OptionalDouble.of(rate.getAsDouble() * batch))));
    }
    Grid threads = new Grid(
        "Growth of threads, 12 KB",
        "Commits a second; in brackets as above. regionsnap shares a connection, the other has one"
            + " for each thread.",
        List.of("threads", Who.SCRIPT.label(), Who.LETTUCE_WATCH.label()));
    for (int count : List.of(1, 2, 4, 8, 16, 32)) {
      Point ours = Point.persist(Groups.THREADS, Who.SCRIPT, count, Groups.TYPICAL);
      threads.row(
          1,
          List.of(
              Integer.toString(count),
              Grid.perSecond(scores.score(ours)),
              compared(ours.with("who", Who.LETTUCE_WATCH.name()), ours)));
    }
    return index.markdown() + batches.markdown() + threads.markdown();
  }

  private String stores() {
    Grid grid = new Grid(
        "The other stores, 12 KB, 1 thread",
        "Commits a second, of one snapshot and of eight together.",
        List.of("who", "promises", "one", "eight"));
    for (Who who : Who.values()) {
      List<String> cells = heads(who);
      for (int batch : List.of(1, 8)) {
        cells.add(Grid.perSecond(scores.score(
            Point.persist(Groups.STORES, who, 1, Groups.TYPICAL).with("batch", batch))));
      }
      grid.row(2, cells);
    }
    return grid.markdown();
  }

  private String reads() {
    Grid grid = new Grid(
        "Reading, 12 KB, 1 thread",
        "Calls a second: the newest of one region, of eight, and the newest twenty of one region,"
            + " with bodies. regionsnap parses every body and compares it with its keys; the others"
            + " do not look at what they read.",
        List.of("who", "promises", "latest of one", "latest of eight", "history of twenty"));
    for (Reader reader : Reader.values()) {
      List<String> cells =
          new ArrayList<>(List.of(reader.label(), reader.guarantee().label()));
      for (String method : List.of("latestOne", "latestEight", "historyPage")) {
        cells.add(Grid.perSecond(
            scores.score(new Point(Groups.READ, method, 1, Map.of("reader", reader.name())))));
      }
      grid.row(2, cells);
    }
    return grid.markdown();
  }

  private String cpu() {
    Grid grid = new Grid(
        "Before a store is asked",
        "Microseconds, and allocated bytes for each byte of the document.",
        List.of("what", "size", "µs", "allocated/byte"));
    for (String method : List.of("read", "plan", "readAndPlan")) {
      for (int payload : Groups.PAYLOADS) {
        Point point = new Point(Groups.CPU, method, 1, Map.of("bytes", Integer.toString(payload)));
        OptionalDouble rate = scores.score(point);
        OptionalDouble allocated = scores.detail(point, "gc.alloc.rate.norm");
        grid.row(
            2,
            List.of(
                Map.of("read", "reading the JSON", "plan", "planning").getOrDefault(method, "both"),
                kilobytes(payload),
                Grid.format(
                    rate.isEmpty() ? rate : OptionalDouble.of(1e6 / rate.getAsDouble()), "%.1f"),
                Grid.format(
                    allocated.isEmpty()
                        ? allocated
                        : OptionalDouble.of(allocated.getAsDouble() / payload),
                    "%.2f")));
      }
    }
    return grid.markdown();
  }

  private String rest() {
    Grid grid = new Grid(
        "Eight regions over REST, 100 ms away, 12 KB",
        "Seconds.",
        List.of("who", "promises", "persist", "read latest"));
    for (Reader reader : List.of(Reader.UPSTASH, Reader.OLD_REST)) {
      Point read = new Point(Groups.REST, "latestEight", 1, Map.of("reader", reader.name()));
      Point persist = Point.persist(Groups.REST, Who.valueOf(reader.name()), 1, Groups.TYPICAL);
      grid.row(
          2,
          List.of(
              Who.valueOf(reader.name()).label(),
              reader.guarantee().label(),
              Grid.format(inverse(scores.score(persist)), "%.3f"),
              Grid.format(inverse(scores.score(read)), "%.3f")));
    }
    return grid.markdown();
  }

  private static OptionalDouble inverse(OptionalDouble rate) {
    return rate.isEmpty() ? rate : OptionalDouble.of(1 / rate.getAsDouble());
  }

  private String wire() {
    Grid grid = new Grid(
        "What is sent for eight regions, 12 KB",
        "Bytes sent for each byte of the documents, protocol included.",
        List.of("who", "promises", "bytes/byte", "requests"));
    for (Who who : WireBytes.EVERYBODY) {
      List<String> cells = heads(who);
      cells.add(Grid.format(extras.get(WireBytes.BYTES, who.name()), "%.3f"));
      OptionalDouble requests = extras.get(WireBytes.REQUESTS, who.name());
      cells.add(requests.orElse(0) > 0 ? Grid.format(requests, "%.0f") : "");
      grid.row(2, cells);
    }
    return grid.markdown();
  }

  private String coldStart() {
    Grid grid = new Grid(
        "A whole process: `./regionsnap latest REGION`, 12 KB",
        "Seconds from start to end, and how many times as long as a JVM that says hello.",
        List.of("store", "seconds", "times hello"));
    double hello = extras.get(ColdStart.SECONDS, ColdStart.HELLO).orElse(Double.NaN);
    for (String name : List.of(ColdStart.HELLO, "EMBEDDED", "REDIS", "UPSTASH")) {
      OptionalDouble seconds = extras.get(ColdStart.SECONDS, name);
      grid.row(
          1,
          List.of(
              name.equals(ColdStart.HELLO)
                  ? "hello-world"
                  : Reader.valueOf(name).label(),
              Grid.format(seconds, "%.3f"),
              Grid.format(
                  seconds.isEmpty() ? seconds : OptionalDouble.of(seconds.getAsDouble() / hello),
                  "%.2f ×")));
    }
    return grid.markdown();
  }

  private String compared(Point point, Point ours) {
    String rate = Grid.perSecond(scores.score(point));
    return point.equals(ours) || rate.isEmpty()
        ? rate
        : rate + " (" + Grid.times(scores.ratio(ours, point)) + ")";
  }

  private static List<String> heads(Who who) {
    return new ArrayList<>(List.of(who.label(), who.guarantee().label()));
  }

  static String kilobytes(int bytes) {
    return bytes / 1024 + " KB";
  }
}
