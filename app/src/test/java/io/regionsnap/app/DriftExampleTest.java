package io.regionsnap.app;

import static io.regionsnap.testkit.drift.OldWriter.Said.FAILED;
import static io.regionsnap.testkit.drift.OldWriter.Said.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.Snapshot;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.drift.OldWriter;
import io.regionsnap.testkit.rest.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example in docs/examples is what the command line prints, when the pipeline of old has left
 * behind what is told there. With {@code -Dregionsnap.approve=true} what it prints now is written
 * into the page instead, to be looked at and committed.
 */
class DriftExampleTest {
  private static final Path PAGE = Path.of("../docs/examples/drift.md");
  private static final Pattern SESSION = Pattern.compile("(?s)(?<=\n```console\n).*?(?=```\n)");

  /** So far ahead that a real Redis, whose clock cannot be set, lets none of it expire. */
  private static final Instant NOW = Instant.parse("2090-06-01T12:00:04.093Z");

  @TempDir
  Path home = Path.of("replaced");

  private final OldPipeline old = new OldPipeline(() -> NOW);
  private final Snapshot lost = snapshot("south-asia", "03778b4ad8f2-f5106e86b2c4", 7_000);
  private int exitCode;

  private static Snapshot snapshot(String region, String id, long agoMillis) {
    return SnapshotDocuments.snapshot(
        region, id, NOW.toEpochMilli() - agoMillis, "scheduled_6h", "x".repeat(6000));
  }

  @BeforeEach
  void makeTheMess() {
    long sixHours = Duration.ofHours(6).toMillis();
    Snapshot oldMena = snapshot("mena", "03778a018d93-57fe21c0b9aa", sixHours + 9_500);
    Snapshot oldLatam = snapshot("latam", "03778a019155-9c0b8a1f0d3e", sixHours + 8_538);
    assertThat(old.writer().persist(oldMena)).isEqualTo(OK);
    assertThat(old.persistCutAfter(3, snapshot("mena", "03778b4ad5b6-b1a7fd2c9f30", 7_900)))
        .isEqualTo(FAILED);
    assertThat(old.persistDroppingTheIdView(snapshot("europe", "03778b4ad731-4cf1e09a7be5", 7_400)))
        .isEqualTo(OK);
    assertThat(old.writer().persist(snapshot("latam", "03778b4ad815-2d9e6c4f7a81", 7_200)))
        .isEqualTo(OK);
    assertThat(old.writer().persist(oldLatam)).isEqualTo(OK);
    old.faults().nth(2, Fault.cutBeforeForwarding());
    assertThat(old.writer().persist(lost)).isEqualTo(FAILED);
    Snapshot global = snapshot("global", "03778b4ad9e0-1b7b154f680d", 6_700);
    old.observer().call("SET", OldWriter.LAYOUT.index(global.region()), "[]");
    assertThat(old.writer().persist(global)).isEqualTo(OK);
  }

  @AfterEach
  void stop() {
    old.close();
  }

  @Test
  void sessions_areAsApproved() throws IOException {
    String approved = Files.readString(PAGE);
    String replayed = SESSION.matcher(approved).replaceAll(session -> {
      StringBuilder text = new StringBuilder();
      session
          .group()
          .lines()
          .filter(line -> line.startsWith("$ "))
          .forEach(line -> text.append(line).append('\n').append(run(line.substring(2))));
      return java.util.regex.Matcher.quoteReplacement(text.toString());
    });
    if (Boolean.getBoolean("regionsnap.approve")) {
      Files.writeString(PAGE, replayed);
    }
    assertThat(replayed).isEqualTo(Files.readString(PAGE));
    assertThat(exitCode).as("the page ends with a clean audit").isZero();
  }

  private String run(String command) {
    if (command.equals("echo $?")) {
      return exitCode + "\n";
    }
    String[] words = command.split(" ");
    assertThat(words[0]).isEqualTo("regionsnap");
    int end = Math.max(Arrays.asList(words).indexOf("<"), Arrays.asList(words).indexOf(">"));
    String[] arguments = Arrays.copyOfRange(words, 1, end < 0 ? words.length : end);
    TestCli cli = new TestCli(home).at(NOW).with("REGIONSNAP_STORE", old.url());
    if (command.endsWith(" < lost.json")) {
      cli.reading(lost.body().asUtf8());
    }
    boolean toFile = end > 0 && words[end].equals(">");
    TestCli.Result result = toFile ? cli.run(arguments) : cli.runAtTerminal(arguments);
    exitCode = result.exitCode();
    return (toFile ? result.err() : result.out())
        .replaceAll("127\\.0\\.0\\.1:\\d+", "redis.example");
  }
}
