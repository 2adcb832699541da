package io.regionsnap.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A JMH profiler that counts the processor time of an operation, in microseconds: of this JVM,
 * which also makes the documents, and of the servers that it started, which also sweep old ones
 * away. Both are the same for everybody. What one waits for is in neither.
 */
public final class CpuTime implements InternalProfiler {
  static final String CLIENT = "cpu.client";
  static final String SERVER = "cpu.server";

  private static final double NANOS_PER_MICRO = 1_000;

  private Duration client = Duration.ZERO;
  private Map<Long, Duration> servers = Map.of();

  @Override
  public String getDescription() {
    return "processor time of this JVM and of the servers that it started";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    client = ofThisProcess();
    servers = ofServers();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long operations = result.getMetadata().getAllOps();
    if (operations == 0) {
      return List.of();
    }
    ScalarResult ours = perOperation(CLIENT, ofThisProcess().minus(client), operations);
    Map<Long, Duration> now = ofServers();
    // After the last iteration they may have been stopped already, and nobody can ask them.
    return now.keySet().equals(servers.keySet())
        ? List.of(ours, perOperation(SERVER, sum(now).minus(sum(servers)), operations))
        : List.of(ours);
  }

  private static ScalarResult perOperation(String name, Duration time, long operations) {
    return new ScalarResult(
        name, time.toNanos() / NANOS_PER_MICRO / operations, "us/op", AggregationPolicy.AVG);
  }

  private static Duration ofThisProcess() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Duration.ofNanos(system.getProcessCpuTime())
        : Duration.ZERO;
  }

  /** By process; to a hundredth of a second, which is what the system counts in. */
  private static Map<Long, Duration> ofServers() {
    return ProcessHandle.current()
        .children()
        .collect(Collectors.toMap(
            ProcessHandle::pid, child -> child.info().totalCpuDuration().orElse(Duration.ZERO)));
  }

  private static Duration sum(Map<Long, Duration> times) {
    return times.values().stream().reduce(Duration.ZERO, Duration::plus);
  }
}
