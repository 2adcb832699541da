package io.regionsnap.adapters.redis;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads all views of regions with raw pipelined MGET and audits them, in turn, several times, and
 * prints how long each took in the end, in milliseconds: the median of the last two thirds of the
 * rounds, as the first are the compiler's. And how the last audit ended. A process of its own, so
 * that its heap can be limited; with no rounds it does one of the two, once, and prints how that
 * ended, so that whoever started it can tell how long the whole process takes.
 */
final class AuditProbe {
  private AuditProbe() {}

  /**
   * Runs it.
   *
   * @param arguments port, regions, snapshots in each, the time of the first; then how many rounds,
   *     or raw or audit
   */
  public static void main(String... arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int regions = Integer.parseInt(arguments[1]);
    int snapshots = Integer.parseInt(arguments[2]);
    long begin = Long.parseLong(arguments[3]);
    RawReads raw = new RawReads(port, regions, snapshots, begin);
    if (arguments[4].equals("raw")) {
      raw.run();
      System.out.println("read");
      return;
    }
    try (RedisStore store =
        RedisStore.open("redis://127.0.0.1:" + port, Small.options(CommitMode.SCRIPT))) {
      AuditRegions audit = new AuditRegions(
          store, KeyLayout.TAGGED, Policy.DEFAULT, SnapshotDocuments.PARSER, Clock.systemUTC());
      if (arguments[4].equals("audit")) {
        System.out.println(audit.audit(drift -> System.out.println(drift)));
      } else {
        compare(raw, audit, Integer.parseInt(arguments[4]));
      }
    }
  }

  private static void compare(RawReads raw, AuditRegions audit, int rounds) throws IOException {
    List<Long> rawMillis = new ArrayList<>();
    List<Long> auditMillis = new ArrayList<>();
    Object outcome = "not audited";
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      raw.run();
      long between = System.nanoTime();
      outcome = audit.audit(drift -> System.out.println(drift));
      long end = System.nanoTime();
      rawMillis.add((between - start) / 1_000_000);
      auditMillis.add((end - between) / 1_000_000);
    }
    System.out.printf("raw %d audit %d %s%n", median(rawMillis), median(auditMillis), outcome);
  }

  private static long median(List<Long> millis) {
    List<Long> sorted = millis.stream().skip(millis.size() / 3).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
