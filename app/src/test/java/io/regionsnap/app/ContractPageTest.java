package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.ports.Key;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/contract.md says of keys, outcomes and codes is so, and its commands read what it says.
 */
class ContractPageTest {
  private static final Region MENA = new Region("mena");
  private static final long AT = 1_787_184_007_093L;
  private static final String ID = "01a01c77c892-e2fab22540cd";

  @TempDir
  Path folder = Path.of("replaced");

  private Page page = new Page("");

  @BeforeEach
  void read() throws IOException {
    page = Page.of("docs/contract.md");
  }

  @Test
  void keys_areThoseOfTheLayouts() {
    List<List<Key>> keys = List.of(names(KeyLayout.TAGGED), names(KeyLayout.WORLDMONITOR));
    List<String> roles =
        List.of("time view", "id view", "pointer", "index", "live", "claim", "quarantine");
    for (int i = 0; i < roles.size(); i++) {
      assertThat(page.rows(roles.get(i)).get(0))
          .containsExactly(
              roles.get(i), "`" + keys.get(0).get(i) + "`", "`" + keys.get(1).get(i) + "`");
      assertThat(page.rows(roles.get(i))).as("named, then described").hasSize(2);
    }
  }

  private static List<Key> names(KeyLayout layout) {
    Key index = layout.index(MENA);
    return List.of(
        layout.timestampView(MENA, AT),
        layout.idView(MENA, new SnapshotId(ID)),
        layout.pointer(MENA),
        index,
        layout.live(MENA),
        layout.claim(
            MENA, new TriggerReason("scheduled_6h"), Policy.DEFAULT.bucketOf(1_787_184_007_093L)),
        layout.quarantine(MENA, AT, index));
  }

  @Test
  void outcomes_areThoseThatThereAre() {
    List<String> outcomes = Arrays.stream(PersistOutcome.class.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
        .toList();
    assertThat(page.rows("`[a-z_]+`").stream().map(row -> row.get(0).replace("`", "")))
        .contains(outcomes.toArray(String[]::new))
        .hasSize(outcomes.size());
  }

  @Test
  void refusals_areThoseThatThereAre() {
    List<String> codes = page.rows("`[A-Z_` ]+`").stream()
        .flatMap(row -> Pattern.compile("[A-Z_]+").matcher(row.get(0)).results())
        .map(MatchResult::group)
        .toList();
    assertThat(codes)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Refusal.Code.values()).map(Enum::name).toList());
  }

  @Test
  void exitCodes_areThoseThatThereAre() {
    assertThat(page.rows("\\d+").stream().map(row -> row.get(0)))
        .containsExactlyElementsOf(ExitCode.meanings().keySet());
  }

  @Test
  void commands_readWhatWasPersisted() throws Exception {
    // The id of the page, at a time that is still within the retention.
    String document = SnapshotDocuments.snapshot(
            "mena", ID, System.currentTimeMillis() - 1000, "scheduled_6h", "x")
        .body()
        .asUtf8();
    Files.writeString(folder.resolve("snapshot.json"), document);
    try (RedisServer redis = RedisServer.start()) {
      Shell shell = new Shell(folder)
          .with("REGIONSNAP_STORE", redis.url().toString())
          .with("TEST_REDIS", redis.url().toString());
      shell.putProgram("redis-cli", RedisCli.class.getName());
      shell.run("regionsnap persist snapshot.json");
      assertThat(shell.run(page.program()).lines())
          .containsSubsequence(ID, document, ID, ID, document);
    }
  }
}
