package io.regionsnap.app;

import io.regionsnap.ports.Value;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command line within the test, with a home folder, a clock and streams of its own. */
final class TestCli {
  static final Instant NOW = Instant.parse("2026-11-22T18:00:00.500Z");

  private final Map<String, String> environment = new HashMap<>();
  private final Interruption interruption = new Interruption();
  private Instant now = NOW;
  private Duration tick = Duration.ZERO;
  private Terminals terminals = Terminals.NONE;
  private InputStream in = InputStream.nullInputStream();

  TestCli(Path home) {
    environment.put("HOME", home.toString());
    environment.put("XDG_DATA_HOME", home.resolve("data").toString());
  }

  /** What a run left behind. */
  record Result(int exitCode, Value bytes, String err) {
    String out() {
      return bytes.asUtf8();
    }

    List<String> lines() {
      return out().lines().toList();
    }
  }

  TestCli at(Instant instant) {
    now = instant;
    return this;
  }

  /** Lets the clock go on by so much whenever somebody looks at it. */
  TestCli ticking(Duration step) {
    tick = step;
    return this;
  }

  TestCli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  TestCli on(boolean in, boolean out, boolean err) {
    terminals = new Terminals(in, out, err);
    return this;
  }

  TestCli reading(String input) {
    return reading(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  TestCli reading(InputStream input) {
    in = input;
    return this;
  }

  Interruption interruption() {
    return interruption;
  }

  Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Result result = runTo(out, arguments);
    return new Result(result.exitCode(), Value.copyOf(out.toByteArray()), result.err());
  }

  Result runTo(OutputStream out, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InstantSource clock = () -> now = now.plus(tick);
    int exitCode = new Cli(
            new Surroundings(in, out, err, terminals, environment, clock, () -> 4711, interruption))
        .run(arguments);
    return new Result(exitCode, Value.utf8(""), err.toString(StandardCharsets.UTF_8));
  }

  /** What a person at a terminal sees of a run, whose output is buffered as that of a process. */
  Result runAtTerminal(String... arguments) {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    int exitCode = new Cli(new Surroundings(
            in,
            new BufferedOutputStream(seen, 1 << 16),
            seen,
            terminals,
            environment,
            () -> now,
            () -> 4711,
            interruption))
        .run(arguments);
    return new Result(exitCode, Value.copyOf(seen.toByteArray()), "");
  }

  /** A snapshot of so many milliseconds before now. */
  static String snapshot(String region, String id, long agoMillis, String reason) {
    return "{\"region_id\":\"%s\",\"generated_at\":%d,\"meta\":{\"snapshot_id\":\"%s\",\"trigger_reason\":\"%s\"},\"text\":\"Łódź – é\"}"
        .formatted(region, NOW.toEpochMilli() - agoMillis, id, reason);
  }

  static String snapshot(String region, String id, long agoMillis) {
    return snapshot(region, id, agoMillis, "r" + id);
  }
}
