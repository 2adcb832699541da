package io.regionsnap.app;

import static io.regionsnap.domain.invariants.FindingCode.CLAIM_DANGLING;
import static io.regionsnap.domain.invariants.FindingCode.EXPIRY_DRIFT;
import static io.regionsnap.domain.invariants.FindingCode.INDEX_DANGLING;
import static io.regionsnap.domain.invariants.FindingCode.INDEX_MISSING;
import static io.regionsnap.domain.invariants.FindingCode.NO_EXPIRY;
import static io.regionsnap.domain.invariants.FindingCode.POINTER_DANGLING;
import static io.regionsnap.domain.invariants.FindingCode.POINTER_ORPHAN;
import static io.regionsnap.domain.invariants.FindingCode.POINTER_STALE;
import static io.regionsnap.domain.invariants.FindingCode.SCORE_MISMATCH;
import static io.regionsnap.domain.invariants.FindingCode.TS_VIEW_ORPHAN;
import static io.regionsnap.domain.invariants.FindingCode.VIEWS_DIFFER;
import static io.regionsnap.domain.invariants.FindingCode.WRONG_TYPE;
import static io.regionsnap.testkit.drift.OldWriter.Said.DUPLICATE_BUCKET;
import static io.regionsnap.testkit.drift.OldWriter.Said.FAILED;
import static io.regionsnap.testkit.drift.OldWriter.Said.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.drift.OldWriter;
import io.regionsnap.testkit.rest.Fault;
import io.regionsnap.testkit.rest.RestReply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fault that was measured of the old pipeline, with its own commands on a real Redis: what it
 * says, what the audit finds, and that the repair mends it and lets the lost snapshot through.
 */
class BaselineTest {
  private static final long BUCKET = Duration.ofMinutes(15).toMillis();
  private static final List<String> REGIONS = List.of(
      "mena",
      "east-asia",
      "europe",
      "north-america",
      "south-asia",
      "latam",
      "sub-saharan-africa",
      "global");

  @TempDir
  Path home = Path.of("replaced");

  /** Of the last bucket but one, so that others come neither too early nor from the future. */
  private final long edge = (System.currentTimeMillis() / BUCKET - 1) * BUCKET;

  private final Snapshot before = snapshot("mena", "before", edge - 8 * BUCKET);
  private final Snapshot lost = snapshot("mena", "lost", edge);
  private final OldPipeline old = new OldPipeline(InstantSource.system());

  @AfterEach
  void stop() {
    old.close();
  }

  private static Snapshot snapshot(String region, String id, long at) {
    return SnapshotDocuments.snapshot(region, id, at, "scheduled_6h", "x".repeat(6000));
  }

  private TestCli.Result run(String input, String... command) {
    List<String> arguments = new ArrayList<>(Arrays.asList(command));
    arguments.addAll(List.of("--store", old.url(), "--layout", "worldmonitor"));
    return new TestCli(home)
        .at(InstantSource.system().instant())
        .reading(input)
        .run(arguments.toArray(String[]::new));
  }

  private Set<FindingCode> audit() {
    TestCli.Result audited = run("", "audit", "--json");
    Set<FindingCode> codes = audited.lines().stream()
        .map(line -> line.replaceFirst("\\{\"code\":\"([A-Z_]+)\".*", "$1"))
        .map(FindingCode::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(audited.exitCode()).as(audited.err()).isEqualTo(codes.isEmpty() ? 0 : 6);
    return codes;
  }

  /** The audit finds just this; the repair leaves nothing of it, and nothing for a second one. */
  private void mends(FindingCode... expected) {
    assertThat(audit()).containsExactlyInAnyOrder(expected);
    TestCli.Result repaired = run("", "repair", "--yes");
    assertThat(repaired.exitCode()).as(repaired.err()).isZero();
    assertThat(audit()).isEmpty();
    assertThat(run("", "repair", "--yes").err()).endsWith("\nno drift, nothing to repair\n");
  }

  /** Persisting says so, and nobody finds drift afterwards. */
  private void persists(Snapshot snapshot, String outcome) {
    TestCli.Result result = run(snapshot.body().asUtf8(), "persist", "-");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).startsWith(outcome + "  " + snapshot.region());
    assertThat(audit()).isEmpty();
  }

  private void latestIs(Snapshot snapshot) {
    assertThat(run("", "latest", snapshot.region().name()).out())
        .isEqualTo(snapshot.body().asUtf8());
  }

  private List<String> history() {
    return run("", "history", "mena").lines().stream()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .toList();
  }

  private static FindingCode[] with(FindingCode... more) {
    return Stream.concat(Stream.of(EXPIRY_DRIFT, NO_EXPIRY), Stream.of(more))
        .toArray(FindingCode[]::new);
  }

  @Test
  void sunnyDay_onlyExpiriesAreOff() {
    assertThat(old.writer().persist(before)).isEqualTo(OK);
    assertThat(old.writer().persist(lost)).isEqualTo(OK);
    mends(with());
    latestIs(lost);
  }

  @Test
  void cutAfterTheFirstCommand_theTimestampViewAloneBecomesASnapshot() {
    old.writer().persist(before);
    assertThat(old.persistCutAfter(1, lost)).isEqualTo(FAILED);
    latestIs(before);
    mends(with(TS_VIEW_ORPHAN, CLAIM_DANGLING));
    latestIs(lost);
    persists(lost, "already persisted");
  }

  @Test
  void cutAfterTheSecondCommand_bothViewsBecomeASnapshot() {
    old.writer().persist(before);
    assertThat(old.persistCutAfter(2, lost)).isEqualTo(FAILED);
    latestIs(before);
    mends(with(TS_VIEW_ORPHAN, INDEX_MISSING, CLAIM_DANGLING));
    latestIs(lost);
    persists(lost, "already persisted");
  }

  @Test
  void cutAfterTheThirdCommand_whatThePointerNamesJoinsTheIndex() {
    old.writer().persist(before);
    assertThat(old.persistCutAfter(3, lost)).isEqualTo(FAILED);
    assertThat(history()).containsExactly("before");
    mends(with(POINTER_ORPHAN, TS_VIEW_ORPHAN, INDEX_MISSING, CLAIM_DANGLING));
    assertThat(history()).containsExactly("lost", "before");
    persists(lost, "already persisted");
  }

  @Test
  void connectionDroppedDuringTheIdView_itIsRestored() {
    old.writer().persist(before);
    assertThat(old.persistDroppingTheIdView(lost)).isEqualTo(OK);
    assertThat(run("", "get", "mena", "lost").exitCode()).isEqualTo(4);
    mends(with(INDEX_DANGLING, POINTER_DANGLING, CLAIM_DANGLING));
    assertThat(run("", "get", "mena", "lost").out()).isEqualTo(lost.body().asUtf8());
    persists(lost, "already persisted");
  }

  @Test
  void indexOfTheWrongType_isMovedAsideAndRebuilt() {
    indexOfTheWrongType(old.writer());
  }

  private void indexOfTheWrongType(OldWriter writer) {
    old.observer().call("SET", OldWriter.LAYOUT.index(lost.region()), "no index");
    assertThat(writer.persist(lost)).isEqualTo(OK);
    mends(EXPIRY_DRIFT, WRONG_TYPE, POINTER_ORPHAN, TS_VIEW_ORPHAN, INDEX_MISSING, CLAIM_DANGLING);
    assertThat(history()).containsExactly("lost");
    assertThat(run("", "audit").err()).contains("1 key in quarantine");
    persists(lost, "already persisted");
  }

  @Test
  void outOfMemoryBetweenTheRequests_lostSnapshotGetsThrough() {
    assertThat(old.persistOutOfMemory(old.writer(), lost)).isEqualTo(OK);
    assertThat(old.writer().persist(lost)).isEqualTo(DUPLICATE_BUCKET);
    mends(CLAIM_DANGLING);
    persists(lost, "persisted");
  }

  static List<Fault> lostDataRequests() {
    return List.of(
        Fault.answerInstead(RestReply.json(500, "{\"error\":\"ERR internal\"}")),
        Fault.answerInstead(RestReply.text(429, "slow down")),
        Fault.cutBeforeForwarding());
  }

  @ParameterizedTest
  @MethodSource("lostDataRequests")
  void dataRequestLost_retryThatTheClaimBlockedGetsThrough(Fault fault) {
    claimOnly(old.writer(), fault);
  }

  @Test
  void dataRequestNeverAnswered_retryThatTheClaimBlockedGetsThrough() {
    old.writer().persist(before);
    assertThat(old.writer().claim(lost)).isEqualTo(OK);
    old.faults().always(Fault.hangBeforeForwarding());
    assertThat(old.writer().waiting(Duration.ofSeconds(2)).write(lost)).isEqualTo(FAILED);
    old.faults().heal();
    lostUntilRepaired(old.writer());
  }

  private void claimOnly(OldWriter writer, Fault fault) {
    writer.persist(before);
    old.faults().nth(2, fault);
    assertThat(writer.persist(lost)).isEqualTo(FAILED);
    lostUntilRepaired(writer);
  }

  private void lostUntilRepaired(OldWriter writer) {
    assertThat(writer.persist(lost)).isEqualTo(DUPLICATE_BUCKET);
    mends(with(CLAIM_DANGLING));
    latestIs(before);
    persists(lost, "persisted");
    latestIs(lost);
  }

  @Test
  void claimOnly_doesNotBlockPersistEvenWithoutARepair() {
    old.faults().nth(2, Fault.cutBeforeForwarding());
    old.writer().persist(lost);
    persists(lost, "persisted");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answerLostAfterTheWrite_retryLearnsOfIt(boolean pipeline) {
    OldWriter writer = pipeline ? old.writer() : old.multiExec();
    old.faults().nth(2, Fault.cutAfterForwarding());
    assertThat(writer.persist(lost)).isEqualTo(FAILED);
    assertThat(writer.persist(lost)).isEqualTo(DUPLICATE_BUCKET);
    mends(with());
    persists(lost, "already persisted");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void olderPersistedAfterNewer_pointerMovesForward(boolean pipeline) {
    OldWriter writer = pipeline ? old.writer() : old.multiExec();
    assertThat(writer.persist(lost)).isEqualTo(OK);
    assertThat(writer.persist(before)).isEqualTo(OK);
    latestIs(before);
    mends(with(POINTER_STALE));
    latestIs(lost);
  }

  @Test
  void twoWritersAcrossTheEdgeOfABucket_pointerNamesTheNewer() {
    Snapshot justBefore = snapshot("mena", "just-before", edge - 1);
    assertThat(old.writer().claim(justBefore)).isEqualTo(OK);
    assertThat(old.writer().claim(lost)).isEqualTo(OK);
    assertThat(old.writer().write(lost)).isEqualTo(OK);
    assertThat(old.writer().write(justBefore)).isEqualTo(OK);
    latestIs(justBefore);
    mends(with(POINTER_STALE));
    latestIs(lost);
  }

  @Test
  void twoInTheSameMillisecond_bothBodiesAreKept() {
    Snapshot twin = SnapshotDocuments.snapshot("mena", "twin", edge, "regime_shift", "y");
    assertThat(old.writer().persist(lost)).isEqualTo(OK);
    assertThat(old.writer().persist(twin)).isEqualTo(OK);
    mends(with(SCORE_MISMATCH, VIEWS_DIFFER, CLAIM_DANGLING));
    // The time view decides, which the later one has overwritten.
    assertThat(history()).containsExactly("twin");
    assertThat(quarantined()).contains(lost.body().asUtf8());
  }

  private List<String> quarantined() {
    return old.observer().list("KEYS", "intelligence:snapshot-quarantine:v1:*").stream()
        .map(key -> old.observer().text("GET", (Object) key))
        .toList();
  }

  @Test
  void everyRegionFailing_nothingIsLeftButClaimsAndAllGetThrough() {
    List<Snapshot> all =
        REGIONS.stream().map(region -> snapshot(region, region, edge)).toList();
    for (Snapshot one : all) {
      old.faults().nth(2, Fault.cutBeforeForwarding());
      assertThat(old.writer().persist(one)).isEqualTo(FAILED);
    }
    assertThat(all).allMatch(one -> old.writer().persist(one) == DUPLICATE_BUCKET);
    mends(CLAIM_DANGLING);
    String input =
        all.stream().map(one -> one.body().asUtf8() + "\n").collect(Collectors.joining());
    assertThat(run(input, "persist", "-").err()).endsWith("\n8 snapshots: 8 persisted\n");
    assertThat(audit()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void multiExecCut_leavesTheClaimAlone(int commands) {
    assertThat(old.persistAtomicallyCutAfter(commands, lost)).isEqualTo(FAILED);
    assertThat(old.multiExec().persist(lost)).isEqualTo(DUPLICATE_BUCKET);
    mends(CLAIM_DANGLING);
    persists(lost, "persisted");
  }

  @Test
  void multiExecWithAnIndexOfTheWrongType_isHalfApplied() {
    indexOfTheWrongType(old.multiExec());
  }

  @Test
  void multiExecLost_claimBlocksAllTheSame() {
    claimOnly(old.multiExec(), Fault.cutBeforeForwarding());
  }

  /** A discarded transaction is an answer like any other to a writer that does not look. */
  @Test
  void multiExecOutOfMemory_lostSnapshotGetsThrough() {
    old.persistOutOfMemory(old.multiExec(), lost);
    mends(CLAIM_DANGLING);
    persists(lost, "persisted");
  }
}
