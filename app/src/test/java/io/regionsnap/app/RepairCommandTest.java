package io.regionsnap.app;

import static io.regionsnap.app.TestCli.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands audit, explain and repair. */
class RepairCommandTest {
  private static final KeyLayout LAYOUT = KeyLayout.TAGGED;
  private static final Region MENA = new Region("mena");
  private static final long AT = TestCli.NOW.toEpochMilli();

  @TempDir
  Path home = Path.of("replaced");

  private String store = "";

  @BeforeEach
  void persistTwo() {
    store = "file:" + home.resolve("store.mv");
    String two = snapshot("mena", "old", 7_200_000) + "\n" + snapshot("mena", "new", 0) + "\n";
    assertThat(cli().reading(two).run("--store", store, "persist", "-").exitCode())
        .isZero();
  }

  private TestCli cli() {
    return new TestCli(home);
  }

  private TestCli.Result run(String... command) {
    return run(cli(), command);
  }

  private TestCli.Result run(TestCli cli, String... command) {
    String[] arguments = new String[command.length + 2];
    arguments[0] = "--store";
    arguments[1] = store;
    System.arraycopy(command, 0, arguments, 2, command.length);
    return cli.run(arguments);
  }

  private void write(Write... writes) {
    try (EmbeddedStore opened = EmbeddedStore.open(
        home.resolve("store.mv"), EmbeddedStore.Options.readWrite(), () -> TestCli.NOW)) {
      assertThat(opened.commit(List.of(new Transaction(List.of(), List.of(writes)))))
          .hasToString("[Applied[]]");
    }
  }

  /** A stale pointer, a lost id view and a member that nothing stands behind. */
  private void damage() {
    write(
        new Write.Put(LAYOUT.pointer(MENA), Value.utf8("old"), AT + 91L * 86_400_000),
        new Write.Delete(LAYOUT.idView(MENA, new SnapshotId("new"))),
        new Write.Add(LAYOUT.index(MENA), new IndexEntry("ghost", AT - 1000)));
  }

  @Test
  void audit_wholeStore_isClean() {
    TestCli.Result result = run("audit");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).endsWith("\n1 region, 2 snapshots: no drift\n");
  }

  @Test
  void audit_emptyStoreOrUnknownRegion_isClean() {
    assertThat(run("audit", "europe").exitCode()).isZero();
    assertThat(cli().run("--store", "memory:", "audit").exitCode()).isZero();
  }

  @Test
  void audit_drift_isGroupedWithASummary() {
    damage();
    TestCli.Result result = run("audit", "mena");
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.out())
        .startsWith("mena\n  POINTER_STALE (critical): 1\n    snapshot:latest:{mena}\n")
        .contains("expected: \"new\", the newest of the index; seen: old")
        .contains("INDEX_DANGLING (error): 2")
        .contains("TS_VIEW_MISSING (error): 1");
    assertThat(result.err())
        .contains("1 region, 3 snapshots: 5 findings (1 critical, 3 error, 1 warning)\n")
        .contains("regionsnap repair");
  }

  @Test
  void audit_json_isOneFindingOnEachLine() {
    damage();
    TestCli.Result result = run("--json", "audit");
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.lines()).hasSize(5).allMatch(line -> line.startsWith("{\"code\":\""));
    assertThat(result.lines().get(0))
        .isEqualTo("{\"code\":\"POINTER_STALE\",\"severity\":\"critical\",\"region_id\":\"mena\","
            + "\"key\":\"snapshot:latest:{mena}\","
            + "\"expected\":\"\\\"new\\\", the newest of the index\",\"seen\":\"old\","
            + "\"fix\":\"The pointer is set to the newest snapshot of the index.\"}");
  }

  @Test
  void audit_moreThanCanBeRead_isCutForPeople() {
    Write[] writes = new Write[15];
    for (int i = 0; i < writes.length; i++) {
      writes[i] = new Write.Add(LAYOUT.index(MENA), new IndexEntry("ghost-" + i, AT - 9000 - i));
    }
    write(writes);
    assertThat(run("audit").out()).contains("INDEX_DANGLING (error): 15", "and 5 more; --json");
    assertThat(run("--json", "audit").lines()).hasSize(30);
  }

  @Test
  void audit_storeThatCannotBeRead_isAFailure() {
    TestCli.Result result =
        cli().run("--store", "redis://127.0.0.1:1", "--timeout", "1", "audit", "mena");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("the audit is not complete; cannot read");
  }

  @Test
  void explain_aCode_saysWhatItMeans() {
    TestCli.Result result = cli().run("explain", "POINTER_STALE");
    assertThat(cli().run("explain", "pointer_stale").out()).isEqualTo(result.out());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith(
            "POINTER_STALE (critical)\n  The pointer names a snapshot that is not the newest")
        .contains("  Repair: The pointer is set");
    assertThat(cli().run("explain", "NO_SUCH").exitCode()).isEqualTo(2);
  }

  @Test
  void explain_all_namesEveryCode() {
    assertThat(cli().run("--json", "explain").lines()).hasSize(FindingCode.values().length);
    for (FindingCode code : FindingCode.values()) {
      assertThat(cli().run("explain").out()).contains(code + " (");
    }
  }

  @Test
  void repair_yes_mendsAndSaysSo() {
    damage();
    TestCli.Result result = run("repair", "--yes");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("step 1, mena: mends POINTER_STALE, INDEX_DANGLING x 2, TS_VIEW_MISSING")
        .contains("unindex      ghost at", "put          snapshot:id:{mena}:new", "point ");
    assertThat(result.err()).contains("1 step applied; the audit finds no drift any more");
    assertThat(run("audit").err())
        .endsWith("\n1 region, 2 snapshots: no drift; 1 key in quarantine\n");
    assertThat(run("latest", "mena").out()).isEqualTo(snapshot("mena", "new", 0));
    assertThat(run("repair", "--yes").err()).endsWith("\nno drift, nothing to repair\n");
  }

  @Test
  void repair_dryRun_showsThePlanAndChangesNothing() {
    damage();
    TestCli.Result dry = run("repair", "--dry-run", "mena");
    assertThat(dry.exitCode()).isEqualTo(6);
    assertThat(run("audit").exitCode()).isEqualTo(6);
    assertThat(run("repair", "--yes").out()).isEqualTo(dry.out());
  }

  @Test
  void repair_withoutATerminalAndWithoutYes_isMisuse() {
    damage();
    TestCli.Result result = run("repair");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("say --yes");
    assertThat(run("repair", "--yes", "--dry-run").exitCode()).isEqualTo(2);
    assertThat(run("repair", "--apply", "x", "mena").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "YES\n", "n\n", "\n", ""})
  void repair_onATerminal_asks(String answer) {
    damage();
    TestCli.Result result = run(cli().on(true, true, true).reading(answer), "repair");
    assertThat(result.err()).contains("Apply 1 step? [y/N]");
    boolean applied = answer.toLowerCase(java.util.Locale.ROOT).startsWith("y");
    assertThat(result.exitCode()).isEqualTo(applied ? 0 : 6);
    assertThat(run("audit").exitCode()).isEqualTo(applied ? 0 : 6);
  }

  @Test
  void repair_planThenApply_mends() throws Exception {
    damage();
    Path plan = home.resolve("plan.ndjson");
    assertThat(run("repair", "--plan", plan.toString()).exitCode()).isEqualTo(6);
    assertThat(Files.readAllLines(plan)).hasSize(2);
    assertThat(Files.readString(plan)).doesNotContain("trigger_reason");

    TestCli.Result applied = run("repair", "--apply", plan.toString());
    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(applied.err()).endsWith("\n1 step applied, 0 refused as stale, 0 failed\n");
    assertThat(run("audit").exitCode()).isZero();
  }

  @Test
  void repair_applyOfAStalePlan_isRefusedAndChangesNothing() {
    damage();
    String plan = home.resolve("plan.ndjson").toString();
    run("repair", "--plan", plan);
    write(new Write.Put(LAYOUT.pointer(MENA), Value.utf8("ghost"), AT + 91L * 86_400_000));

    TestCli.Result applied = run("repair", "--apply", plan);
    assertThat(applied.exitCode()).isEqualTo(6);
    assertThat(applied.err())
        .contains("refused as stale, mena: snapshot:latest:{mena} has changed")
        .contains("0 steps applied, 1 refused as stale");
    assertThat(run("audit").out()).contains("INDEX_DANGLING (error): 2");
  }

  /** What was not there when the plan was made, and what is of another kind by now. */
  @Test
  void repair_applyOfAStalePlan_saysWhatHasChanged() {
    String plan = home.resolve("plan.ndjson").toString();
    write(new Write.Delete(LAYOUT.pointer(MENA)));
    run("repair", "--plan", plan);
    write(new Write.Put(LAYOUT.pointer(MENA), Value.utf8("old"), AT + 91L * 86_400_000));
    assertThat(run("repair", "--apply", plan).err())
        .contains("refused as stale, mena: snapshot:latest:{mena} exists by now\n")
        .endsWith("\nregionsnap repair plans anew what was refused\n");

    run("repair", "--yes");
    damage();
    run("repair", "--plan", plan);
    write(new Write.Remove(LAYOUT.index(MENA), "ghost"));
    assertThat(run("repair", "--apply", plan).err())
        .contains("mena: snapshot:index:{mena} no longer has \"ghost\" at ");
  }

  @Test
  void repair_everyKindOfChange_goesThroughAFile() throws Exception {
    Key claim = LAYOUT.claim(MENA, new io.regionsnap.domain.TriggerReason("x"), 7);
    Key live = LAYOUT.live(MENA);
    String newer = snapshot("mena", "newer", -1000);
    write(
        new Write.Put(claim, Value.utf8("nobody"), AT + 9_000_000),
        new Write.Put(live, Value.utf8("provisional"), AT + 9_000_000),
        new Write.Put(LAYOUT.idView(MENA, new SnapshotId("broken")), Value.utf8("{"), AT + 9_000),
        new Write.Put(LAYOUT.idView(MENA, new SnapshotId("newer")), Value.utf8(newer), AT + 9_000),
        new Write.Add(LAYOUT.index(MENA), new IndexEntry("ghost", AT - 1000)),
        new Write.Add(LAYOUT.index(MENA), new IndexEntry("ancient", AT - 95L * 86_400_000)));
    Path plan = home.resolve("plan.ndjson");
    run("repair", "--plan", plan.toString());
    assertThat(Files.readString(plan))
        .contains("{\"move\":", "{\"put\":", "{\"delete\":", "{\"add\":", "{\"remove\":")
        .contains("{\"prune\":", "{\"point\":", "{\"clear\":");
    TestCli.Result applied = run("repair", "--apply", plan.toString());
    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(run("audit").err()).contains("no drift; 2 keys in quarantine");
    assertThat(run("latest", "mena").out()).isEqualTo(newer);
  }

  @Test
  void audit_interrupted_endsWith130() {
    TestCli cli = cli();
    cli.interruption().request();
    assertThat(run(cli, "audit").exitCode()).isEqualTo(130);
  }

  @Test
  void repair_interruptedAfterAStep_keepsItAndGoesOnFromThere() {
    damage();
    write(new Write.Put(
        LAYOUT.pointer(new Region("europe")), Value.utf8("nobody"), AT + 91L * 86_400_000));
    TestCli cli = cli().on(true, true, true);
    InputStream request = new InputStream() {
      @Override
      public int read() {
        cli.interruption().request();
        return -1;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return read();
      }
    };
    InputStream answer = new SequenceInputStream(
        request, new ByteArrayInputStream("y\n".getBytes(StandardCharsets.UTF_8)));
    TestCli.Result interrupted = run(cli.reading(answer), "repair");
    assertThat(interrupted.exitCode()).isEqualTo(130);
    assertThat(interrupted.err()).contains("interrupted after 1 step;");
    assertThat(run("audit", "europe").exitCode()).isZero();
    assertThat(run("audit", "mena").exitCode()).isEqualTo(6);

    assertThat(run("repair", "--yes").exitCode()).isZero();
    assertThat(run("audit").exitCode()).isZero();
  }

  @Test
  void longWork_showsProgressOnATerminal() {
    damage();
    TestCli slow = cli().on(true, true, true).ticking(Duration.ofSeconds(2));
    assertThat(run(slow, "audit").err()).contains("audit ");
    assertThat(run(slow, "repair", "--yes").err()).contains("audit ", "repair ");
    assertThat(run(cli().ticking(Duration.ofSeconds(2)), "audit").err()).doesNotContain("audit ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{}",
        "{\"regionsnap_plan\":2,\"layout\":\"tagged\",\"steps\":0}",
        "{\"regionsnap_plan\":1,\"layout\":\"worldmonitor\",\"steps\":0}",
        "{\"regionsnap_plan\":1,\"layout\":\"tagged\",\"steps\":1}",
        "{\"regionsnap_plan\":1,\"layout\":\"tagged\",\"steps\":1}\n{\"index\":null}",
        "{\"regionsnap_plan\":1,\"layout\":\"tagged\",\"steps\":1}\n{\"findings\":[],\"index\":\"i\","
            + "\"seen\":[],\"entries\":[],\"changes\":[{\"delete\":\"k\"}]}"
      })
  void repair_applyOfWhatIsNoPlan_isMisuse(String content) throws Exception {
    Path plan = home.resolve("plan.ndjson");
    Files.writeString(plan, content);
    TestCli.Result result = run("repair", "--apply", plan.toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains("plan.ndjson is no plan: ");
    assertThat(run("repair", "--apply", home.resolve("none").toString()).exitCode())
        .isEqualTo(1);
  }

  @Test
  void repair_storeThatCannotBeRead_isAFailure() {
    TestCli.Result result =
        cli().run("--store", "redis://127.0.0.1:1", "--timeout", "1", "repair", "--yes", "mena");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("nothing was changed");
  }

  @Test
  void persist_repairFirst_mendsTheRegionsOfTheInput() {
    damage();
    String next = snapshot("mena", "next", -1000);
    TestCli.Result result = run(cli().reading(next), "persist", "--repair-first", "-");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("persisted  mena");
    assertThat(result.err()).contains("repaired first, in 1 step");
    assertThat(run("audit").exitCode()).isZero();
  }
}
