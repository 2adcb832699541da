package io.regionsnap.benchmarks;

import java.util.Map;

/**
 * What JMH found out about one benchmark with one set of parameters, in one round.
 *
 * @param method the benchmark, without its class
 * @param params its parameters
 * @param threads how many threads
 * @param mode JMH's word for what was measured, such as {@code thrpt}
 * @param score the mean
 * @param unit of the score
 * @param percentiles by name, such as {@code 99.0}; empty unless times were sampled
 * @param secondary what profilers found out, by name
 */
record Measurement(
    String method,
    Map<String, String> params,
    int threads,
    String mode,
    double score,
    String unit,
    Map<String, Double> percentiles,
    Map<String, Double> secondary) {

  Measurement {
    params = Map.copyOf(params);
    percentiles = Map.copyOf(percentiles);
    secondary = Map.copyOf(secondary);
  }

  /** A parameter; empty if there is none of that name. */
  String param(String name) {
    return params.getOrDefault(name, "");
  }
}
