package io.regionsnap.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;

/**
 * One benchmark with one set of parameters, once.
 *
 * @param group the table that it belongs to
 * @param benchmark the class that has it
 * @param method its name
 * @param params what differs from the defaults
 * @param threads how many threads
 * @param mode what is measured
 */
record Turn(
    String group,
    Class<?> benchmark,
    String method,
    Map<String, String> params,
    int threads,
    Mode mode) {

  /** From how many threads on a JVM that shares its cores with them takes longer to compile. */
  private static final int MANY_THREADS = 8;

  Turn {
    params = Map.copyOf(params);
  }

  /** How long it should take, as a multiple of what others take. */
  double share() {
    if (threads >= MANY_THREADS) {
      return 2;
    }
    boolean isCompared = group.equals(Groups.PERSIST) || group.equals(Groups.ROUND_TRIP);
    return isCompared ? 1 : 0.6;
  }

  static Turn persist(String group, Who who) {
    return new Turn(
        group, PersistBenchmark.class, "persist", Map.of("who", who.name()), 1, Mode.Throughput);
  }

  static Turn read(String group, Reader reader, String method) {
    return new Turn(
        group, ReadBenchmark.class, method, Map.of("reader", reader.name()), 1, Mode.Throughput);
  }

  static Turn cpu(String method) {
    return new Turn(Groups.CPU, CpuBenchmark.class, method, Map.of(), 1, Mode.Throughput);
  }

  Turn with(String param, Object value) {
    Map<String, String> more = new TreeMap<>(params);
    more.put(param, value.toString());
    return new Turn(group, benchmark, method, more, threads, mode);
  }

  Turn threads(int count) {
    return new Turn(group, benchmark, method, params, count, mode);
  }

  Turn sampled() {
    return new Turn(group, benchmark, method, params, threads, Mode.SampleTime);
  }
}
