package io.regionsnap.benchmarks;

import java.util.List;

/** Counts what is sent for a batch of eight documents of the typical size. Not a matter of time. */
final class WireBytes {
  static final String BYTES = "sentBytesPerByte";
  static final String REQUESTS = "requests";
  static final List<Who> EVERYBODY = List.of(
      Who.SCRIPT,
      Who.MULTI_EXEC,
      Who.LETTUCE_WATCH,
      Who.LETTUCE_MULTI,
      Who.OLD_PIPELINE,
      Who.UPSTASH,
      Who.UPSTASH_PLAIN,
      Who.OLD_REST);

  private static final int REGIONS = 8;

  private WireBytes() {}

  static void count(Extras extras) {
    for (Who who : EVERYBODY) {
      // Anything but 0 puts a line in between, on which bytes are counted.
      try (Ground ground = who.open(Terms.policyKeeping(360), 1)) {
        Series series =
            new Series(Template.of(Groups.TYPICAL), 0, REGIONS, System.currentTimeMillis());
        try (Contender.Writer writer = ground.contender().writer(series)) {
          // Handshakes, and the text of scripts, are sent once.
          writer.persist(series.next(REGIONS));
          Ground.Sent before = ground.sent();
          writer.persist(series.next(REGIONS));
          Ground.Sent sent = ground.sent().minus(before);
          extras.put(BYTES, who.name(), (double) sent.bytes() / (REGIONS * Groups.TYPICAL));
          extras.put(REQUESTS, who.name(), (double) sent.requests());
        }
      }
    }
  }
}
