package io.regionsnap.testkit.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.domain.repair.RepairOutcome;
import io.regionsnap.domain.repair.RepairRegions;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.StoreFixture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What audit and repair promise on every store, in every layout that it takes. */
public abstract class RepairContract {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /**
   * The store, emptied. Asked for before each try.
   *
   * @return a store without keys, which the contract does not close
   */
  protected abstract StoreFixture fixture();

  /**
   * The layouts that the store takes.
   *
   * @return one or more
   */
  protected Set<KeyLayout> layouts() {
    return EnumSet.allOf(KeyLayout.class);
  }

  @Property(tries = 30)
  protected void anyMess_isFoundAndMended(
      @ForAll("layouts") KeyLayout layout,
      @ForAll @IntRange(max = 4) int snapshots,
      @ForAll("damages") List<Damage> damages) {
    StoreFixture fixture = messedUp(layout, snapshots, damages);
    new RepairCheck(fixture.store(), fixture.raw(), layout, clock(fixture)).run();
  }

  @Property(tries = 15)
  protected void anyMess_repairCutOff_isResumed(
      @ForAll("layouts") KeyLayout layout,
      @ForAll @IntRange(max = 4) int snapshots,
      @ForAll("damages") List<Damage> damages,
      @ForAll @IntRange(max = 2) int commits) {
    StoreFixture fixture = messedUp(layout, snapshots, damages);
    new RepairCheck(fixture.store(), fixture.raw(), layout, clock(fixture)).runAfterCutOff(commits);
  }

  /** The mess is made by the pipeline that regionsnap replaces, and by nothing else. */
  @Property(tries = 10)
  protected void anyMessOfTheOldPipeline_isFoundAndMended(
      @ForAll("layouts") KeyLayout layout,
      @ForAll("attempts") List<OldAttempt> attempts,
      @ForAll("steps") int snapshotsInAStep) {
    mendOldPipeline(layout, attempts, snapshotsInAStep);
  }

  /**
   * Lets the old pipeline make a mess in a store without keys, and has it found and mended.
   *
   * @param layout how keys are named
   * @param attempts what the old pipeline tries
   * @param snapshotsInAStep how many the repair mends in a step at most
   * @return what was found
   */
  protected final List<Finding> mendOldPipeline(
      KeyLayout layout, List<OldAttempt> attempts, int snapshotsInAStep) {
    StoreFixture fixture = fixture();
    OldRuns.play(attempts, fixture.raw(), layout, clock(fixture).millis());
    return new RepairCheck(fixture.store(), fixture.raw(), layout, clock(fixture))
        .inStepsOf(snapshotsInAStep)
        .run();
  }

  /**
   * The old pipeline writes to regions in which something is wrong already, and goes wrong later.
   */
  @Property(tries = 10)
  protected void anyMessAndTheOldPipeline_isFoundAndMended(
      @ForAll("layouts") KeyLayout layout,
      @ForAll @IntRange(max = 3) int snapshots,
      @ForAll("fewDamages") List<Damage> before,
      @ForAll("attempts") List<OldAttempt> attempts,
      @ForAll("fewDamages") List<Damage> after,
      @ForAll("steps") int snapshotsInAStep) {
    StoreFixture fixture = fixture();
    long now = clock(fixture).millis();
    Messes messes = new Messes(fixture.raw(), layout, now);
    messes.persistWhole(snapshots);
    before.forEach(messes::damage);
    OldRuns.play(attempts, fixture.raw(), layout, now);
    after.forEach(messes::damage);
    new RepairCheck(fixture.store(), fixture.raw(), layout, clock(fixture))
        .inStepsOf(snapshotsInAStep)
        .run();
  }

  private StoreFixture messedUp(KeyLayout layout, int snapshots, List<Damage> damages) {
    StoreFixture fixture = fixture();
    Messes messes = new Messes(fixture.raw(), layout, clock(fixture).millis());
    messes.persistWhole(snapshots);
    damages.forEach(messes::damage);
    return fixture;
  }

  private static InstantSource clock(StoreFixture fixture) {
    return fixture.clock().<InstantSource>map(clock -> clock).orElseGet(InstantSource::system);
  }

  /**
   * Damages.
   *
   * @return lists of damages
   */
  @Provide
  protected Arbitrary<List<Damage>> damages() {
    return Messes.damages(8);
  }

  /**
   * Fewer damages.
   *
   * @return lists of damages
   */
  @Provide
  protected Arbitrary<List<Damage>> fewDamages() {
    return Messes.damages(3);
  }

  /**
   * How many snapshots a repair mends in a step: few enough for several steps, or the usual number.
   *
   * @return any of them
   */
  @Provide
  protected Arbitrary<Integer> steps() {
    return Arbitraries.of(1, 2, 100);
  }

  /**
   * Attempts of the old pipeline.
   *
   * @return lists of attempts
   */
  @Provide
  protected Arbitrary<List<OldAttempt>> attempts() {
    return OldRuns.attempts(8);
  }

  /**
   * Layouts, of those that the store takes.
   *
   * @return any of them
   */
  @Provide("layouts")
  protected Arbitrary<KeyLayout> anyLayout() {
    return Arbitraries.of(layouts());
  }

  /**
   * Somebody persists a snapshot before the first read of an audit, or before the second, and so
   * on: whatever the audit has read by then and reads after it, it is no drift. The snapshot is the
   * newest and pushes the oldest out of the index.
   */
  @Example
  void audit_commitBeforeAnyRead_findsNothing() {
    for (KeyLayout layout : layouts()) {
      int read = 0;
      while (auditWithCommitBefore(read, layout)) {
        read++;
      }
      assertThat(read).as("reads of an audit").isGreaterThan(8);
    }
  }

  /** Returns whether there was such a read. */
  private boolean auditWithCommitBefore(int read, KeyLayout layout) {
    StoreFixture fixture = fixture();
    InstantSource clock = clock(fixture);
    long now = clock.millis();
    PersistSnapshots persist = new PersistSnapshots(
        fixture.store(),
        layout,
        Policy.DEFAULT,
        SnapshotDocuments.PARSER,
        RetryPolicy.DEFAULT,
        clock,
        Pause.REAL);
    persist(persist, now - 90 * DAY + MINUTE, now - 30 * DAY);
    Interposed store =
        Interposed.beforeRead(fixture.store(), read, () -> persist(persist, now + 2 * MINUTE));
    List<Finding> findings = new ArrayList<>();
    AuditOutcome outcome = new AuditRegions(
            store, layout, Policy.DEFAULT, SnapshotDocuments.PARSER, clock)
        .audit(drift -> findings.addAll(drift.findings()));
    assertThat(outcome).isInstanceOf(AuditOutcome.Complete.class);
    assertThat(findings).as("committed before read %d", read).isEmpty();
    return store.hasInterfered();
  }

  private static void persist(PersistSnapshots persist, long... times) {
    List<Snapshot> snapshots = Arrays.stream(times)
        .mapToObj(at -> SnapshotDocuments.snapshot("mena", "id-" + at, at, "r-" + at, "content"))
        .toList();
    assertThat(persist.persist(snapshots)).allMatch(new PersistOutcome.Persisted()::equals);
  }

  /** More than one transaction holds: several steps, and all of it mended. */
  @Example
  void repair_manySnapshots_takesSeveralSteps() {
    StoreFixture fixture = fixture();
    InstantSource clock = clock(fixture);
    for (int i = 0; i < 250; i++) {
      Snapshot snapshot = SnapshotDocuments.snapshot(
          "mena", "id-" + i, clock.millis() - i * 3_600_000L, "scheduled_6h", "content");
      fixture
          .raw()
          .putValue(
              KeyLayout.TAGGED.idView(snapshot.region(), snapshot.id()),
              snapshot.body(),
              OptionalLong.empty());
    }
    RepairOutcome outcome = new RepairRegions(
            fixture.store(),
            KeyLayout.TAGGED,
            Policy.DEFAULT,
            SnapshotDocuments.PARSER,
            RetryPolicy.DEFAULT,
            clock,
            Pause.REAL)
        .repair(Optional.empty(), drift -> {});
    assertThat(outcome).isEqualTo(new RepairOutcome.Clean(3));
    assertThat(fixture.raw().readAll()).hasSize(502);
  }
}
