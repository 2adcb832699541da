package io.regionsnap.app;

import static io.regionsnap.testkit.drift.OldWriter.Said.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.RedisCluster;
import io.regionsnap.testkit.rest.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of docs/operations.md does what the page says, in its order: from what the old
 * writer left behind on Upstash to a Redis Cluster. What it says of codes is so.
 */
class OperationsPageTest {
  private static final long HOUR = 3_600_000;

  @TempDir
  Path folder = Path.of("replaced");

  private final long now = System.currentTimeMillis();
  private Page page = new Page("");

  @BeforeEach
  void read() throws IOException {
    page = Page.of("docs/operations.md");
  }

  @Test
  void findings_areThoseThatExplainExplains() {
    List<List<String>> expected = Arrays.stream(FindingCode.values())
        .map(code -> List.of(
            code.name(),
            FindingReport.inText(code.severity()),
            code.explanation().replaceFirst("(?<=\\.) .*", ""),
            code.fix()))
        .toList();
    assertThat(page.rows("[A-Z_]+")).isEqualTo(expected);
  }

  @Test
  void exitCodes_areThoseThatThereAre() {
    assertThat(page.rows("\\d+").stream().map(row -> row.get(0)))
        .containsExactlyElementsOf(ExitCode.meanings().keySet());
  }

  private Snapshot snapshot(String region, String id, long agoMillis, String reason) {
    return SnapshotDocuments.snapshot(region, id, now - agoMillis, reason, id);
  }

  /** A stale pointer, two snapshots of one millisecond, and one that the claim kept out. */
  private void makeAMess(OldPipeline old) throws IOException {
    List<Snapshot> persisted = List.of(
        snapshot("mena", "newer", HOUR, "scheduled_6h"),
        snapshot("mena", "older", 7 * HOUR, "scheduled_6h"),
        snapshot("europe", "first", 2 * HOUR, "scheduled_6h"),
        snapshot("europe", "twin", 2 * HOUR, "regime_shift"));
    assertThat(persisted).allMatch(snapshot -> old.writer().persist(snapshot) == OK);
    Snapshot lost = snapshot("mena", "lost", 1000, "corridor_break");
    old.faults().nth(2, Fault.cutBeforeForwarding());
    old.writer().persist(lost);
    Files.writeString(folder.resolve("lost.json"), lost.body().asUtf8());
  }

  @Test
  void commands_exitAsTheirCommentsSay_andTheNewStoreHoldsAllThatTheOldOneHad() throws Exception {
    try (OldPipeline old = new OldPipeline(InstantSource.system());
        RedisCluster cluster = RedisCluster.start()) {
      makeAMess(old);
      Shell shell = new Shell(folder)
          .with("UPSTASH_REDIS_REST_URL", old.rest().url().toString())
          .with("UPSTASH_REDIS_REST_TOKEN", old.rest().token())
          .with("TEST_REDIS", old.url());
      shell.putProgram("redis-cli", RedisCli.class.getName());
      String program = page.program().replace("redis-cluster://cache.example:7000", cluster.url());
      assertThat(shell.run(program))
          .doesNotContain("failed")
          .contains("refused  europe", "TIMESTAMP_TAKEN", "intelligence:snapshot-quarantine:v1:");

      shell.with("REGIONSNAP_STORE", cluster.url());
      assertThat(shell.run("regionsnap latest mena"))
          .isEqualTo(Files.readString(folder.resolve("lost.json")));
      assertThat(shell.run("regionsnap history mena").lines()).hasSize(3);
      assertThat(shell.run("regionsnap history europe").lines()).hasSize(1);
      for (String scheduled : scheduled()) {
        shell.run(scheduled);
      }
    }
  }

  /** What schedulers are told to run. */
  private List<String> scheduled() {
    return page.snippets("text").stream()
        .flatMap(
            text -> Pattern.compile("regionsnap audit[a-z -]*").matcher(text).results())
        .map(MatchResult::group)
        .map(String::strip)
        .toList();
  }

  @Test
  void schedulers_areThreeAndRunTheAudit() {
    assertThat(scheduled())
        .containsExactly("regionsnap audit", "regionsnap audit --json", "regionsnap audit --json");
  }
}
