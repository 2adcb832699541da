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
 */
class AuditSpeedTest {
  private static final int REGIONS = 8;
  private static final int USUAL = 500;
  private static final int ROUNDS = 12;
  private static final double BAR = 2.0;
  private static final double USUAL_BAR = 4.0;
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
      String output = probe(server.port(), snapshots, begin);
      Matcher result = Pattern.compile("raw (\\d+) audit (\\d+) Complete\\[.*findings=0,.*\n")
          .matcher(output);
      assertThat(result.matches()).as(output).isTrue();
      System.out.println("8 x " + snapshots + " snapshots, -Xmx64m: " + output.strip());
      assertThat(Long.parseLong(result.group(2))).as(output).isLessThanOrEqualTo((long)
          (Long.parseLong(result.group(1)) * (snapshots > USUAL ? BAR : USUAL_BAR)));
    }
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

  private static String probe(int port, int snapshots, long begin) throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            AuditProbe.class.getName(),
            Integer.toString(port),
            Integer.toString(REGIONS),
            Integer.toString(snapshots),
            Long.toString(begin),
            Integer.toString(ROUNDS))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
