package io.regionsnap.app;

import static io.regionsnap.app.TestCli.NOW;
import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandsTest {
  private static final String PRETTY = snapshot("europe", "e1", 0).replace(",", ",\r\n  ") + "\n";
  private static final Region MENA = new Region("mena");

  @TempDir
  Path home;

  private TestCli cli;

  @BeforeEach
  void persist() throws IOException {
    cli = new TestCli(home);
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 5; i++) {
      lines.append(snapshot("mena", "m" + i, 1000L * (5 - i))).append('\n');
    }
    assertThat(cli.reading(lines.toString()).run("persist").exitCode()).isZero();
    Path pretty = Files.writeString(home.resolve("pretty.json"), PRETTY);
    assertThat(cli.run("persist", pretty.toString()).exitCode()).isZero();
  }

  @Test
  void latest_oneRegion_isItsBytesAndNothingElse() {
    TestCli.Result result = cli.run("latest", "mena");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo(snapshot("mena", "m5", 0));
    assertThat(cli.run("latest", "europe").out()).isEqualTo(PRETTY);
  }

  @Test
  void latest_onATerminal_endsTheLine() {
    assertThat(cli.on(true, true, true).run("latest", "mena").out())
        .isEqualTo(snapshot("mena", "m5", 0) + "\n");
  }

  @Test
  void latest_allRegions_isOneOnEachLine() {
    TestCli.Result result = cli.run("latest");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            PRETTY.replace('\r', ' ').replace('\n', ' ') + "\n" + snapshot("mena", "m5", 0) + "\n");
  }

  @Test
  void latest_someMissing_printsTheOthersAndSaysSo() {
    TestCli.Result result = cli.run("latest", "latam", "mena");
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out()).isEqualTo(snapshot("mena", "m5", 0) + "\n");
    assertThat(result.err()).contains("there is no snapshot of latam");
    assertThat(cli.run("latest", "latam").exitCode()).isEqualTo(4);
  }

  @Test
  void latest_json_embedsTheSnapshot() {
    String names =
        "{\"region\":\"europe\",\"id\":\"e1\",\"generated_at\":%d,\"time\":\"2026-11-22T18:00:00.500Z\",\"snapshot\":"
            .formatted(NOW.toEpochMilli());
    assertThat(cli.run("latest", "europe", "--json").out())
        .isEqualTo(names + PRETTY.replace('\r', ' ').replace('\n', ' ') + "}\n");
  }

  @Test
  void get_isTheBytes() {
    assertThat(cli.run("get", "mena", "m2").out()).isEqualTo(snapshot("mena", "m2", 3000));
    TestCli.Result missing = cli.run("get", "mena", "m9");
    assertThat(missing.exitCode()).isEqualTo(4);
    assertThat(missing.out()).isEmpty();
    assertThat(missing.err()).contains("there is no snapshot m9 of mena");
  }

  @Test
  void at_isTheNewestThenOrBefore() {
    assertThat(cli.run("at", "mena", "2026-11-22T19:59:58.499+02:00").out())
        .isEqualTo(snapshot("mena", "m2", 3000));
    assertThat(cli.run("at", "mena", String.valueOf(NOW.toEpochMilli() - 2000)).out())
        .isEqualTo(snapshot("mena", "m3", 2000));
    TestCli.Result before = cli.run("at", "mena", "2026-01-01T00:00:00Z");
    assertThat(before.exitCode()).isEqualTo(4);
    assertThat(before.err())
        .contains("there is no snapshot of mena generated at or before 2026-01-01");
  }

  @Test
  void history_isNewestFirst() {
    assertThat(cli.run("history", "mena").lines())
        .containsExactly(
            "2026-11-22T18:00:00.500Z  m5",
            "2026-11-22T17:59:59.500Z  m4",
            "2026-11-22T17:59:58.500Z  m3",
            "2026-11-22T17:59:57.500Z  m2",
            "2026-11-22T17:59:56.500Z  m1");
    assertThat(cli.run(
                "history",
                "mena",
                "--from",
                "2026-11-22T17:59:57.500Z",
                "--to",
                String.valueOf(NOW.toEpochMilli() - 1001))
            .lines())
        .containsExactly("2026-11-22T17:59:58.500Z  m3", "2026-11-22T17:59:57.500Z  m2");
    assertThat(cli.run("history", "mena", "--json").lines().get(4))
        .isEqualTo(
            "{\"region\":\"mena\",\"id\":\"m1\",\"generated_at\":1795370396500,\"time\":\"2026-11-22T17:59:56.500Z\"}");
    assertThat(cli.run("history", "latam").exitCode()).isZero();
  }

  @Test
  void history_limit_saysThatThereIsMore() {
    TestCli.Result two = cli.run("history", "mena", "--limit", "2");
    assertThat(two.lines()).hasSize(2);
    assertThat(two.err()).contains("only the newest 2 are shown");
    for (String enough : List.of("5", "6", "0")) {
      TestCli.Result all = cli.run("history", "mena", "--limit", enough);
      assertThat(all.lines()).hasSize(5);
      assertThat(all.err()).doesNotContain("only");
    }
  }

  @Test
  void history_bodies_areOneOnEachLine() {
    assertThat(cli.run("history", "mena", "--bodies", "--limit", "2").out())
        .isEqualTo(snapshot("mena", "m5", 0) + "\n" + snapshot("mena", "m4", 1000) + "\n");
    assertThat(cli.run("history", "europe", "--bodies", "--json").lines())
        .hasSize(1)
        .first()
        .asString()
        .contains("\"snapshot\":{");
  }

  @Test
  void history_longerThanAPage_isWhole() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2100; i++) {
      lines.append(snapshot("asia", "a" + i, 10_000 - i)).append('\n');
    }
    cli.reading(lines.toString()).run("--store", "file:" + home.resolve("long.mv"), "persist");
    String[] all = {"history", "asia", "--limit", "0", "--store", "file:" + home.resolve("long.mv")
    };
    assertThat(cli.run(all).lines()).hasSize(2100).doesNotHaveDuplicates();
    assertThat(cli.run("history", "asia", "--bodies", "--store", all[5]).lines())
        .hasSize(100)
        .doesNotHaveDuplicates();
  }

  @Test
  void regions_areListed() {
    assertThat(cli.run("regions").out()).isEqualTo("europe\nmena\n");
    assertThat(cli.run("regions", "--json").out()).isEqualTo("[\"europe\",\"mena\"]\n");
  }

  @Test
  void readingAMissingStore_findsNothingAndMakesNothing() {
    Path other = home.resolve("other/store.mv");
    TestCli empty = new TestCli(home).with("REGIONSNAP_STORE", "file:" + other);
    assertThat(empty.run("latest").exitCode()).isEqualTo(4);
    assertThat(empty.run("latest", "mena").exitCode()).isEqualTo(4);
    assertThat(empty.run("get", "mena", "x").exitCode()).isEqualTo(4);
    assertThat(empty.run("at", "mena", "0").exitCode()).isEqualTo(4);
    assertThat(empty.run("history", "mena").exitCode()).isZero();
    TestCli.Result regions = empty.run("regions", "--json");
    assertThat(regions.exitCode()).isZero();
    assertThat(regions.out()).isEqualTo("[]\n");
    assertThat(regions.err())
        .isEqualTo("store: %s (embedded, nothing stored yet)\n".formatted(other));
    assertThat(other.getParent()).doesNotExist();
  }

  @Test
  void latest_danglingPointer_isDriftWithTheNewestReadable() {
    change(
        new Write.Delete(KeyLayout.TAGGED.idView(MENA, new SnapshotId("m5"))),
        new Write.Delete(KeyLayout.TAGGED.timestampView(MENA, NOW.toEpochMilli())));
    TestCli.Result result = cli.run("latest", "mena");
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.out()).isEqualTo(snapshot("mena", "m4", 1000));
    assertThat(result.err())
        .contains(
            "drift: the pointer of mena names \"m5\", which is not stored",
            "this is what could be read instead");
    TestCli.Result history = cli.run("history", "mena", "--bodies");
    assertThat(history.exitCode()).isEqualTo(6);
    assertThat(history.lines()).hasSize(4);
    assertThat(history.err()).contains("nothing could be read instead");
  }

  @Test
  void history_memberThatIsNoId_isDrift() {
    change(new Write.Add(
        KeyLayout.TAGGED.index(MENA), new IndexEntry("no id", NOW.toEpochMilli() - 1)));
    TestCli.Result result = cli.run("history", "mena");
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.lines()).hasSize(5);
    assertThat(result.err()).contains("drift: the index of mena names \"no id\", which is no id");
  }

  @Test
  void history_indexOfAnotherKind_isDrift() {
    change(new Write.Delete(KeyLayout.TAGGED.pointer(MENA)));
    TestCli.Result latest = cli.run("latest", "mena", "europe");
    assertThat(latest.exitCode()).isEqualTo(6);
    assertThat(latest.lines().get(0)).isEqualTo(snapshot("mena", "m5", 0));
    Key latam = KeyLayout.TAGGED.index(new Region("latam"));
    change(new Write.Put(latam, Value.utf8("?"), NOW.toEpochMilli() + 1000));
    TestCli.Result history = cli.run("history", "latam");
    assertThat(history.exitCode()).isEqualTo(6);
    assertThat(history.err()).contains("drift: " + latam + " holds the wrong kind");
  }

  @Test
  void readerGone_endsQuietly() {
    TestCli.Result result = cli.runTo(new FailingOutput("Broken pipe"), "history", "mena");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err().lines()).hasSize(1);
    TestCli.Result full = cli.runTo(new FailingOutput("No space left on device"), "latest", "mena");
    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(full.err()).contains("cannot write to the standard output: No space left on device");
  }

  private void change(Write... writes) {
    try (EmbeddedStore store = EmbeddedStore.open(
        home.resolve("data/regionsnap/regionsnap.mv"),
        EmbeddedStore.Options.readWrite(),
        () -> NOW)) {
      assertThat(store.commit(List.of(new Transaction(List.of(), List.of(writes)))))
          .containsExactly(new CommitResult.Applied());
    }
  }
}
