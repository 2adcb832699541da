package io.regionsnap.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Which turns are taken, in which order. What is compared is taken one after the other. */
final class Groups {
  static final String PERSIST = "persist";
  static final String ROUND_TRIP = "round-trip";
  static final String TIMES = "times";
  static final String BATCH = "batch";
  static final String INDEX = "index";
  static final String BATCHES = "batches";
  static final String THREADS = "threads";
  static final String STORES = "stores";
  static final String READ = "read";
  static final String CPU = "cpu";
  static final String REST = "rest";

  static final String NAMES =
      "persist, round-trip, times, batch, index, batches, threads, stores, read, cpu, rest";

  static final List<Integer> PAYLOADS = List.of(2_048, 12_288, 32_768, 262_144);
  static final int TYPICAL = 12_288;

  private static final List<Who> ON_REDIS = List.of(
      Who.SCRIPT,
      Who.LETTUCE_WATCH,
      Who.JEDIS_WATCH,
      Who.LETTUCE_MULTI,
      Who.JEDIS_MULTI,
      Who.FLOOR_INLINE,
      Who.FLOOR_STAGED);
  private static final List<Who> ALSO_ON_REDIS =
      List.of(Who.MULTI_EXEC, Who.REDISSON, Who.OLD_PIPELINE);
  private static final List<Who> STORES_OF_OURS =
      List.of(Who.MEMORY, Who.EMBEDDED, Who.UPSTASH, Who.UPSTASH_PLAIN);

  private final List<Turn> turns = new ArrayList<>();

  private Groups() {}

  /** Some minutes: the typical size, beside the peers that bars speak of. */
  static List<Turn> quick() {
    Groups groups = new Groups();
    groups.persist(TYPICAL, ON_REDIS);
    groups.each(List.of(Who.MEMORY, Who.EMBEDDED, Who.UPSTASH), STORES, 1);
    groups.reads(List.of(Reader.REDIS, Reader.LETTUCE));
    groups.cpu(List.of(TYPICAL));
    return List.copyOf(groups.turns);
  }

  /** Everything. */
  static List<Turn> full() {
    Groups groups = new Groups();
    groups.persist(TYPICAL, ON_REDIS);
    groups.persist(TYPICAL, ALSO_ON_REDIS);
    for (int payload : PAYLOADS) {
      if (payload != TYPICAL) {
        groups.persist(payload, ON_REDIS);
      }
    }
    groups.persist(TYPICAL, ON_REDIS);
    groups.roundTrips();
    groups.times();
    groups.batchOfEight();
    groups.growth();
    groups.each(STORES_OF_OURS, STORES, 1);
    groups.each(STORES_OF_OURS, STORES, 8);
    groups.reads(List.of(Reader.values()));
    groups.cpu(PAYLOADS);
    groups.rest();
    return List.copyOf(groups.turns);
  }

  /** Each benchmark once, as small as it can be. */
  static List<Turn> smoke() {
    Groups groups = new Groups();
    for (Who who : Who.values()) {
      groups.turns.add(Turn.persist(PERSIST, who).with("bytes", 2_048).threads(1));
    }
    groups.turns.add(Turn.persist(ROUND_TRIP, Who.SCRIPT).with("roundTripMillis", 1));
    groups.turns.add(Turn.persist(TIMES, Who.MEMORY).sampled());
    groups.reads(List.of(Reader.values()));
    groups.cpu(List.of(TYPICAL));
    return List.copyOf(groups.turns);
  }

  private void persist(int payload, List<Who> everybody) {
    for (int threads : List.of(1, 8)) {
      for (Who who : everybody) {
        turns.add(Turn.persist(PERSIST, who).with("bytes", payload).threads(threads));
      }
    }
  }

  private void roundTrips() {
    for (int payload : PAYLOADS) {
      for (Who who : List.of(Who.SCRIPT, Who.LETTUCE_MULTI, Who.JEDIS_MULTI)) {
        turns.add(Turn.persist(ROUND_TRIP, who).with("bytes", payload).with("roundTripMillis", 1));
      }
    }
    turns.add(Turn.persist(ROUND_TRIP, Who.LETTUCE_WATCH).with("roundTripMillis", 1));
    for (Who who : List.of(Who.SCRIPT, Who.LETTUCE_WATCH, Who.LETTUCE_MULTI, Who.OLD_PIPELINE)) {
      turns.add(Turn.persist(ROUND_TRIP, who).with("roundTripMillis", 20));
    }
  }

  private void times() {
    for (int threads : List.of(1, 8)) {
      for (Who who : List.of(Who.SCRIPT, Who.LETTUCE_WATCH, Who.LETTUCE_MULTI)) {
        turns.add(Turn.persist(TIMES, who).threads(threads).sampled());
      }
    }
    for (Who who : STORES_OF_OURS) {
      turns.add(Turn.persist(TIMES, who).sampled());
    }
  }

  private void batchOfEight() {
    for (Who who : List.of(
        Who.SCRIPT,
        Who.MULTI_EXEC,
        Who.LETTUCE_WATCH,
        Who.JEDIS_WATCH,
        Who.LETTUCE_MULTI,
        Who.JEDIS_MULTI,
        Who.REDISSON,
        Who.OLD_PIPELINE,
        Who.FLOOR_STAGED)) {
      turns.add(Turn.persist(BATCH, who).with("batch", 8));
    }
  }

  private void growth() {
    for (int round = 0; round < 2; round++) {
      for (int members : List.of(100, 10_000, 1_000_000)) {
        turns.add(Turn.persist(INDEX, Who.SCRIPT).with("members", members).with("regions", 1));
      }
    }
    for (int batch : List.of(1, 10, 100, 1_000)) {
      turns.add(Turn.persist(BATCHES, Who.SCRIPT).with("batch", batch));
    }
    for (int threads : List.of(1, 2, 4, 8, 16, 32)) {
      turns.add(Turn.persist(THREADS, Who.SCRIPT).threads(threads));
      turns.add(Turn.persist(THREADS, Who.LETTUCE_WATCH).threads(threads));
    }
  }

  private void each(List<Who> everybody, String group, int batch) {
    for (Who who : everybody) {
      turns.add(Turn.persist(group, who).with("batch", batch));
    }
  }

  private void reads(List<Reader> readers) {
    for (String method : List.of("latestOne", "latestEight", "historyPage")) {
      for (Reader reader : readers) {
        if (reader != Reader.OLD_REST || !method.equals("historyPage")) {
          turns.add(Turn.read(READ, reader, method));
        }
      }
    }
  }

  private void cpu(List<Integer> payloads) {
    for (int payload : payloads) {
      turns.add(Turn.cpu("read").with("bytes", payload));
      turns.add(Turn.cpu("readAndPlan").with("bytes", payload));
    }
    turns.add(Turn.cpu("plan"));
  }

  /** As far away as a server on another continent. */
  private void rest() {
    for (Who who : List.of(Who.UPSTASH, Who.OLD_REST)) {
      turns.add(Turn.persist(REST, who).with("batch", 8).with("roundTripMillis", 100));
    }
    for (Reader reader : List.of(Reader.UPSTASH, Reader.OLD_REST)) {
      turns.add(Turn.read(REST, reader, "latestEight").with("roundTripMillis", 100));
    }
  }
}
