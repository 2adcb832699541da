package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The audit of a history that is larger than the heap of the process that audits it.
 *
 * <p>{@code -Dregionsnap.audit.snapshots=10000} has 10,000 snapshots in each of eight regions
 * instead of 500, which takes 2 GB of memory in Redis.
 *
 * <p>The audit is to be half as fast, at least, as reading the same keys with raw pipelined MGET.
 * Both take turns in one process, so that a busy machine slows both. That is asked of 10,000
 * snapshots. Of few the bar is so low that no noise reaches it: there it is for what takes several
 * times as long, such as a request for each key.
 *
 * <p>That is of a process that has been at it for a while. One that audits once, as the command
 * line does, spends most of its time on compiling itself. Of 10,000 snapshots this prints, too, how
 * long fresh processes take, each from its start to its end, with the flags of the launcher.
 */
class AuditSpeedTest {
  private static final int REGIONS = 8;
  private static final int USUAL = 500;
  private static final int ROUNDS = 12;
  private static final double BAR = 2.0;
  private static final double USUAL_BAR = 4.0;
  private static final double FRESH_BAR = 6.0;
  private static final int FRESH_PAIRS = 3;
  private static final List<String> WARM_FLAGS = List.of("-Xmx64m");
  private static final List<String> LAUNCHER_FLAGS = List.of(
      "-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=5", "-XX:+UseG1GC");
  private static final String CONTENT = "0123456789abcdef".repeat(740);

  @Test
  void audit_moreThanTheHeap_isCompleteAndFast() throws Exception {
    int snapshots = Integer.getInteger("regionsnap.audit.snapshots", USUAL);
    long begin = System.currentTimeMillis() - Duration.ofDays(60).toMillis();
    try (RedisServer server = RedisServer.start();
        RespClient client = server.connect()) {
      for (int region = 0; region < REGIONS; region++) {
        fill(client, "region-" + region, snapshots, begin);
      }
      compare(server.port(), snapshots, begin);
      if (snapshots > USUAL) {
        compareFresh(server.port(), snapshots, begin);
      }
    }
  }

  private static void compare(int port, int snapshots, long begin) throws Exception {
    String output = probe(WARM_FLAGS, port, snapshots, begin, Integer.toString(ROUNDS));
    Matcher result =
        Pattern.compile("raw (\\d+) audit (\\d+) Complete\\[.*findings=0,.*\n").matcher(output);
    assertThat(result.matches()).as(output).isTrue();
    System.out.println("8 x " + snapshots + " snapshots, -Xmx64m: " + output.strip());
    assertThat(Long.parseLong(result.group(2))).as(output).isLessThanOrEqualTo((long)
        (Long.parseLong(result.group(1)) * (snapshots > USUAL ? BAR : USUAL_BAR)));
  }

  private static void compareFresh(int port, int snapshots, long begin) throws Exception {
    List<Long> rawMillis = new ArrayList<>();
    List<Long> auditMillis = new ArrayList<>();
    for (int pair = 0; pair < FRESH_PAIRS; pair++) {
      long start = System.nanoTime();
      assertThat(probe(LAUNCHER_FLAGS, port, snapshots, begin, "raw")).isEqualTo("read\n");
      long between = System.nanoTime();
      assertThat(probe(LAUNCHER_FLAGS, port, snapshots, begin, "audit")).contains("findings=0,");
      long end = System.nanoTime();
      rawMillis.add((between - start) / 1_000_000);
      auditMillis.add((end - between) / 1_000_000);
    }
    System.out.println("fresh processes: raw " + rawMillis + " audit " + auditMillis);
    assertThat(middle(auditMillis)).isLessThanOrEqualTo((long) (middle(rawMillis) * FRESH_BAR));
  }

  private static long middle(List<Long> millis) {
    return millis.stream().sorted().toList().get(millis.size() / 2);
  }

  private static void fill(RespClient client, String region, int snapshots, long begin) {
    Snapshot last = SnapshotDocuments.snapshot(region, "none", begin, "r", CONTENT);
    for (int i = 0; i < snapshots; i++) {
      long at = begin + i * 60_000L;
      last = SnapshotDocuments.snapshot(region, "id-" + at, at, "scheduled_6h", CONTENT);
      byte[] body = last.body().toByteArray();
      long expiry = Policy.DEFAULT.viewsExpireAtMillis(at);
      client.call("SET", "snapshot:id:{" + region + "}:id-" + at, body, "PXAT", expiry);
      client.call("SET", "snapshot:ts:{" + region + "}:" + at, body, "PXAT", expiry);
      client.call("ZADD", "snapshot:index:{" + region + "}", at, "id-" + at);
    }
    long expiry = Policy.DEFAULT.viewsExpireAtMillis(last.generatedAtMillis());
    client.call("PEXPIREAT", "snapshot:index:{" + region + "}", expiry);
    client.call("SET", "snapshot:latest:{" + region + "}", last.id().text(), "PXAT", expiry);
  }

  private static String probe(List<String> flags, int port, int snapshots, long begin, String what)
      throws Exception {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(flags);
    command.addAll(List.of(
        "-cp",
        System.getProperty("java.class.path"),
        AuditProbe.class.getName(),
        Integer.toString(port),
        Integer.toString(REGIONS),
        Integer.toString(snapshots),
        Long.toString(begin),
        what));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
