package io.regionsnap.app;

import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistCommandTest {
  @TempDir
  Path home;

  private TestCli cli;

  @BeforeEach
  void start() {
    cli = new TestCli(home);
  }

  @Test
  void persist_linesOnStdin_reportsEachAndSumsUp() {
    TestCli.Result result = cli.reading(
            snapshot("mena", "a", 1000) + "\r\n\n  \n" + snapshot("latam", "b", 2000))
        .run("persist", "-");
    assertThat(result.exitCode()).isZero();
    assertThat(result.lines())
        .containsExactly(
            "persisted  mena  2026-11-22T17:59:59.500Z  a",
            "persisted  latam  2026-11-22T17:59:58.500Z  b");
    assertThat(result.err())
        .isEqualTo("store: %s/data/regionsnap/regionsnap.mv (embedded)\n2 snapshots: 2 persisted\n"
            .formatted(home));
    assertThat(cli.run("latest", "mena").out()).isEqualTo(snapshot("mena", "a", 1000));
  }

  @Test
  void persist_withoutOperands_readsStdinUnlessItIsATerminal() {
    assertThat(cli.reading(snapshot("mena", "a", 0)).run("persist").exitCode()).isZero();
    TestCli.Result result = cli.on(true, false, false).run("persist");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("nothing to persist", "pipe snapshots in");
  }

  @Test
  void persist_again_isAlreadyPersisted() {
    String document = snapshot("mena", "a", 0);
    cli.reading(document).run("persist");
    TestCli.Result result = cli.reading(document).run("persist");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("already persisted  mena  2026-11-22T18:00:00.500Z  a\n");
  }

  @Test
  void persist_secondOfItsBucket_isDuplicate() {
    String both = snapshot("mena", "a", 1, "r") + "\n" + snapshot("mena", "b", 0, "r");
    TestCli.Result result = cli.reading(both).run("persist");
    assertThat(result.exitCode()).isZero();
    assertThat(result.lines().get(1))
        .isEqualTo("duplicate  mena  2026-11-22T18:00:00.500Z  b  of a");
    assertThat(result.err()).contains("2 snapshots: 1 persisted, 1 duplicate");
  }

  @Test
  void persist_oneBadDocument_doesNotStopTheOthers() {
    TestCli.Result result = cli.reading(
            snapshot("mena", "a", 0) + "\n{\"region_id\":\n" + snapshot("latam", "b", 0))
        .run("persist");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.lines())
        .containsExactly(
            "persisted  mena  2026-11-22T18:00:00.500Z  a",
            "refused  stdin line 2: MALFORMED: the document ends too early (line 1, column 14)",
            "persisted  latam  2026-11-22T18:00:00.500Z  b");
  }

  @Test
  void persist_refusedByPolicyAndStore_saysWhy() {
    TestCli.Result result = cli.reading(snapshot("mena", "old", 91L * 86_400_000) + "\n"
            + snapshot("mena", "a", 0) + "\n" + snapshot("mena", "b", 0))
        .run("persist");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.lines().get(0))
        .startsWith(
            "refused  mena  2026-08-23T18:00:00.500Z  old  stdin line 1: OLDER_THAN_RETENTION: ");
    assertThat(result.lines().get(2))
        .isEqualTo("refused  mena  2026-11-22T18:00:00.500Z  b  stdin line 3: TIMESTAMP_TAKEN: "
            + "generated_at 1795370400500 of region mena is taken by snapshot \"a\"");
  }

  @Test
  void persist_json_isOneObjectForEach() {
    TestCli.Result result = cli.reading(
            snapshot("mena", "a", 1, "r") + "\n" + snapshot("mena", "b", 0, "r") + "\n[]\n"
                + snapshot("mena", "c", 1, "s") + "\n" + snapshot("mena", "a", 1, "r"))
        .run("persist", "--json");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.lines())
        .containsExactly(
            "{\"source\":\"stdin\",\"line\":1,\"region\":\"mena\",\"id\":\"a\",\"generated_at\":1795370400499,"
                + "\"time\":\"2026-11-22T18:00:00.499Z\",\"outcome\":\"persisted\"}",
            "{\"source\":\"stdin\",\"line\":2,\"region\":\"mena\",\"id\":\"b\",\"generated_at\":1795370400500,"
                + "\"time\":\"2026-11-22T18:00:00.500Z\",\"outcome\":\"duplicate\",\"winner\":\"a\"}",
            "{\"source\":\"stdin\",\"line\":3,\"outcome\":\"refused\",\"code\":\"MALFORMED\","
                + "\"message\":\"the top level is not an object (line 1, column 1)\"}",
            "{\"source\":\"stdin\",\"line\":4,\"region\":\"mena\",\"id\":\"c\",\"generated_at\":1795370400499,"
                + "\"time\":\"2026-11-22T18:00:00.499Z\",\"outcome\":\"refused\",\"code\":\"TIMESTAMP_TAKEN\","
                + "\"message\":\"generated_at 1795370400499 of region mena is taken by snapshot \\\"a\\\"\"}",
            "{\"source\":\"stdin\",\"line\":5,\"region\":\"mena\",\"id\":\"a\",\"generated_at\":1795370400499,"
                + "\"time\":\"2026-11-22T18:00:00.499Z\",\"outcome\":\"already_persisted\"}");
  }

  @Test
  void persist_filesAndFolders_inTheirOrder() throws IOException {
    Path folder = Files.createDirectory(home.resolve("my folder"));
    String pretty = snapshot("europe", "p", 5).replace(",", ",\n  ") + "\n";
    Files.writeString(folder.resolve("b.json"), pretty);
    Files.writeString(folder.resolve("a.ndjson"), snapshot("europe", "q", 4) + "\n");
    Files.writeString(folder.resolve("c.jsonl"), snapshot("europe", "r", 3));
    Files.writeString(folder.resolve("d.txt"), "not read");
    Files.createDirectory(folder.resolve("e.json"));
    Path lines = Files.writeString(home.resolve("lines"), snapshot("europe", "s", 2));
    TestCli.Result result = cli.reading(snapshot("europe", "t", 1))
        .run("persist", "--json", lines.toString(), folder.toString(), "-");
    assertThat(result.exitCode()).isZero();
    assertThat(result.lines())
        .extracting(line -> line.replaceAll(".*\"id\":\"(.)\".*", "$1"))
        .containsExactly("s", "q", "p", "r", "t");
    assertThat(result.lines().get(2))
        .startsWith("{\"source\":\"%s\",\"region\":".formatted(folder.resolve("b.json")));
    assertThat(cli.run("get", "europe", "p").out()).isEqualTo(pretty);
  }

  @Test
  void persist_indentedDocumentOnStdin_isOne() {
    String pretty = snapshot("mena", "a", 0).replace("{", "{\n ").replace("}", "\n}\n");
    TestCli.Result result = cli.reading(pretty).run("persist");
    assertThat(result.exitCode()).isZero();
    assertThat(cli.run("latest", "mena").out()).isEqualTo(pretty);
  }

  @Test
  void persist_unreadableFile_isAFailureAndDoesNotStopTheOthers() throws IOException {
    Path good = Files.writeString(home.resolve("good.json"), snapshot("mena", "a", 0));
    TestCli.Result result =
        cli.run("persist", home.resolve("gone.json").toString(), good.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).startsWith("persisted  mena");
    assertThat(result.err())
        .contains(
            "cannot read %s: there is no such file or folder".formatted(home.resolve("gone.json")));
  }

  @Test
  void persist_nothingInTheInput_isAFailure() throws IOException {
    Path empty = Files.createDirectory(home.resolve("empty"));
    for (TestCli.Result result :
        Arrays.asList(cli.run("persist", "-"), cli.run("persist", empty.toString()))) {
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("there was no snapshot in the input");
    }
  }

  @Test
  void persist_emptyFile_isRefused() throws IOException {
    Path empty = Files.createFile(home.resolve("empty.json"));
    TestCli.Result result = cli.run("persist", empty.toString());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).contains("MALFORMED: the document is empty");
  }

  /** A line of a gigabyte, which would not fit into the memory of this test run. */
  @Test
  void persist_endlessLine_isRefusedWithoutBeingKept() {
    InputStream line = new SequenceInputStream(
        new Letters(1L << 30),
        new ByteArrayInputStream(
            ("\n" + snapshot("mena", "a", 0)).getBytes(StandardCharsets.UTF_8)));
    TestCli.Result result = cli.reading(line).run("persist");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.lines().get(0))
        .isEqualTo(
            "refused  stdin line 1: TOO_LARGE: the document has 1073741824 bytes, more than the"
                + " limit of 8388608");
    assertThat(result.lines().get(1)).startsWith("persisted");
  }

  /** So many that they do not fit into one chunk. */
  @Test
  void persist_manyDocuments_areAllReportedInOrder() {
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      input.append(snapshot("mena", "id" + i, 600_000 - i)).append('\n');
    }
    TestCli.Result result = cli.reading(input.toString()).run("persist");
    assertThat(result.exitCode()).isZero();
    assertThat(result.lines()).hasSize(600);
    assertThat(result.lines().get(599)).endsWith("  id599");
    assertThat(result.err()).endsWith("600 snapshots: 600 persisted\n");
  }

  /** The second line is sent only when the outcome of the first has been seen. */
  @Test
  void persist_slowInput_isPersistedAsItComes() throws Exception {
    PipedInputStream in = new PipedInputStream();
    PipedInputStream seen = new PipedInputStream();
    PipedOutputStream sent = new PipedOutputStream(in);
    try (OutputStream out = new PipedOutputStream(seen)) {
      CompletableFuture<TestCli.Result> run =
          CompletableFuture.supplyAsync(() -> cli.reading(in).runTo(out, "persist"));
      for (String id : new String[] {"first", "second"}) {
        sent.write((snapshot("mena", id, id.length()) + "\n").getBytes(StandardCharsets.UTF_8));
        sent.flush();
        assertThat(readLine(seen)).startsWith("persisted").endsWith(id);
      }
      sent.close();
      assertThat(run.get(60, TimeUnit.SECONDS).exitCode()).isZero();
    }
  }

  @Test
  void persist_interruptedWhileWaiting_endsWith130() throws Exception {
    PipedInputStream in = new PipedInputStream();
    PipedInputStream seen = new PipedInputStream();
    try (PipedOutputStream sent = new PipedOutputStream(in);
        OutputStream out = new PipedOutputStream(seen)) {
      CompletableFuture<TestCli.Result> run =
          CompletableFuture.supplyAsync(() -> cli.reading(in).runTo(out, "persist"));
      sent.write((snapshot("mena", "a", 0) + "\n").getBytes(StandardCharsets.UTF_8));
      sent.flush();
      assertThat(readLine(seen)).startsWith("persisted");
      cli.interruption().request();
      TestCli.Result result = run.get(60, TimeUnit.SECONDS);
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(result.err())
          .contains(
              "interrupted; what is not reported was not persisted", "1 snapshot: 1 persisted");
    }
    assertThat(new TestCli(home).run("latest", "mena").exitCode()).isZero();
  }

  @Test
  void persist_readerOfTheReportGone_persistsAllTheSame() {
    OutputStream gone = new FailingOutput("Broken pipe");
    TestCli.Result result = cli.reading(snapshot("mena", "a", 0)).runTo(gone, "persist");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).endsWith("1 snapshot: 1 persisted\n");
    assertThat(cli.run("latest", "mena").exitCode()).isZero();
  }

  @Test
  void persist_memoryStore_isGoneAfterwards() {
    TestCli.Result result =
        cli.reading(snapshot("mena", "a", 0)).run("--store", "memory:", "persist");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).startsWith("store: memory (gone when this run ends)\n");
    assertThat(cli.run("latest", "mena", "--store=memory:").exitCode()).isEqualTo(4);
  }

  @Test
  void persist_worldmonitorLayout_isSeparate() {
    assertThat(cli.reading(snapshot("mena", "a", 0))
            .run("--layout", "worldmonitor", "persist")
            .exitCode())
        .isZero();
    assertThat(cli.run("latest", "mena").exitCode()).isEqualTo(4);
    assertThat(cli.run("latest", "mena", "--layout=worldmonitor").exitCode()).isZero();
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** So many letters, without a line end. */
  private static final class Letters extends InputStream {
    private long left;

    Letters(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = (int) Math.min(left, length);
      if (count == 0) {
        return -1;
      }
      Arrays.fill(buffer, offset, offset + count, (byte) 'x');
      left -= count;
      return count;
    }
  }
}
