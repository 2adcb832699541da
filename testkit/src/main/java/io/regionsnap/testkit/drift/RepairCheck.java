package io.regionsnap.testkit.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.KeyRole;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.audit.Drift;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.RegionInvariants;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.invariants.Violation;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.domain.repair.RepairListener;
import io.regionsnap.domain.repair.RepairOutcome;
import io.regionsnap.domain.repair.RepairPlan;
import io.regionsnap.domain.repair.RepairRegions;
import io.regionsnap.domain.repair.RepairStep;
import io.regionsnap.domain.repair.StepOutcome;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.RawKeys;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What audit and repair promise for a store in any state: the audit names exactly what the
 * invariants say; the repair ends clean, loses nothing, shows no reader anything but the old or the
 * new latest snapshot and body of each view, and does nothing the second time. Not thread-safe.
 */
public final class RepairCheck {
  private static final Policy POLICY = Policy.DEFAULT;
  private static final RetryPolicy NO_RETRIES =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

  private final TransactionalStore store;
  private final RawKeys raw;
  private final KeyLayout layout;
  private final InstantSource clock;
  private final RegionInvariants invariants;
  private int snapshotsInAStep = 100;

  /**
   * A check.
   *
   * @param store the store, used by nobody else
   * @param raw its keys
   * @param layout how they are named
   * @param clock the store's clock
   */
  public RepairCheck(TransactionalStore store, RawKeys raw, KeyLayout layout, InstantSource clock) {
    this.store = store;
    this.raw = raw;
    this.layout = layout;
    this.clock = clock;
    this.invariants = new RegionInvariants(layout, POLICY, SnapshotDocuments.PARSER);
  }

  /**
   * Lets the repair take other steps.
   *
   * @param snapshots how many snapshots each of them mends at most
   * @return this check
   */
  public RepairCheck inStepsOf(int snapshots) {
    snapshotsInAStep = snapshots;
    return this;
  }

  /**
   * Audits and repairs what is in the store.
   *
   * @return what was found
   * @throws AssertionError if a promise is not kept
   */
  public List<Finding> run() {
    Map<Key, ObservedKey> before = raw.readAll();
    List<Finding> findings = audit();
    assertThat(raw.readAll()).as("an audit changes nothing").isEqualTo(before);
    assertThat(names(findings)).as("findings").isEqualTo(violations(before));

    Readers readers = new Readers();
    RepairOutcome outcome = repair().repair(Optional.empty(), readers);
    Map<Key, ObservedKey> after = raw.readAll();
    assertThat(outcome).isInstanceOf(RepairOutcome.Clean.class);
    assertThat(violations(after)).as("violations after the repair").isEmpty();
    assertThat(contents(after)).as("what is stored after the repair").containsAll(contents(before));
    readers.assertOldOrNew();

    assertThat(audit()).as("findings after the repair").isEmpty();
    assertThat(repair().repair(Optional.empty(), new Readers()))
        .isEqualTo(new RepairOutcome.Clean(0));
    assertThat(raw.readAll()).as("a second repair changes nothing").isEqualTo(after);
    return findings;
  }

  /**
   * As {@link #run}, after a repair that was cut off in the middle.
   *
   * @param commits how many steps that one could apply
   * @throws AssertionError if a promise is not kept
   */
  public void runAfterCutOff(int commits) {
    Map<Key, ObservedKey> before = raw.readAll();
    // No reader looks: what it sees in the end is no end of a repair.
    RepairOutcome outcome =
        repair(Interposed.cutOffAfter(store, commits)).repair(Optional.empty(), drift -> {});
    assertThat(outcome)
        .isNotInstanceOf(RepairOutcome.Left.class)
        .isNotEqualTo(new RepairOutcome.Clean(commits + 1));
    run();
    assertThat(contents(raw.readAll()))
        .as("what is stored after both repairs")
        .containsAll(contents(before));
  }

  private RepairRegions repair() {
    return repair(store);
  }

  private RepairRegions repair(TransactionalStore through) {
    // What cannot be reached is not waited for: the tries of one step are tested elsewhere.
    RetryPolicy retries = through == store ? RetryPolicy.DEFAULT : NO_RETRIES;
    return new RepairRegions(
            through, layout, POLICY, SnapshotDocuments.PARSER, retries, clock, Pause.REAL)
        .inStepsOf(snapshotsInAStep);
  }

  private List<Finding> audit() {
    List<Finding> findings = new ArrayList<>();
    AuditOutcome outcome = new AuditRegions(store, layout, POLICY, SnapshotDocuments.PARSER, clock)
        .audit(drift -> findings.addAll(drift.findings()));
    assertThat(outcome).isInstanceOf(AuditOutcome.Complete.class);
    return findings;
  }

  private static Set<String> names(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.code() + " " + finding.key())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the invariants say of all regions, in the words of {@link #names}. */
  private Set<String> violations(Map<Key, ObservedKey> keys) {
    Set<String> violations = new TreeSet<>();
    for (Region region : regions(keys)) {
      RegionState state =
          RegionState.of(region, layout, SnapshotDocuments.PARSER, keys, clock.millis());
      invariants.violations(state).stream()
          .filter(violation -> !isTolerated(violation))
          .forEach(
              violation -> violations.add(violation.code().orElseThrow() + " " + violation.key()));
    }
    keys.forEach((key, seen) -> {
      if (layout.roleOf(key).orElse(null) instanceof KeyRole.IdView view
          && view.namedRegion().isEmpty()
          && body(seen).isEmpty()
          && !isNamed(view.id(), keys)) {
        violations.add(
            (seen instanceof ObservedValue ? "PAYLOAD_UNREADABLE " : "WRONG_TYPE ") + key);
      }
    });
    return violations;
  }

  /** The invariants are exact to the millisecond, and an audit is not. */
  private static boolean isTolerated(Violation violation) {
    return violation.code().equals(Optional.of(FindingCode.EXPIRY_DRIFT))
        && Duration.between(Instant.parse(violation.expected()), Instant.parse(violation.seen()))
                .abs()
                .compareTo(AuditRegions.TOLERANCE)
            <= 0;
  }

  private boolean isNamed(SnapshotId id, Map<Key, ObservedKey> keys) {
    return keys.entrySet().stream()
        .filter(entry -> layout.roleOf(entry.getKey()).orElse(null) instanceof KeyRole.Index)
        .map(Map.Entry::getValue)
        .filter(ObservedIndex.class::isInstance)
        .flatMap(index -> ((ObservedIndex) index).entries().stream())
        .anyMatch(entry -> entry.member().equals(id.text()));
  }

  private static Optional<Snapshot> body(ObservedKey seen) {
    return seen instanceof ObservedValue value
        ? SnapshotDocuments.PARSER
            .parse(value.value())
            .match(Optional::of, refusal -> Optional.empty())
        : Optional.empty();
  }

  private Set<Region> regions(Map<Key, ObservedKey> keys) {
    Set<Region> regions = new TreeSet<>();
    keys.forEach((key, seen) -> layout.roleOf(key).ifPresent(role -> {
      role.namedRegion().ifPresent(regions::add);
      if (role instanceof KeyRole.IdView) {
        body(seen).ifPresent(snapshot -> regions.add(snapshot.region()));
      }
    }));
    return regions;
  }

  /** Everything that must not be lost: all values but ids, and all that is of the wrong kind. */
  private Set<Object> contents(Map<Key, ObservedKey> keys) {
    Set<Object> contents = new HashSet<>();
    keys.forEach((key, seen) -> {
      if (seen instanceof ObservedValue value) {
        // An id is no content, and a provisional value is what a new latest snapshot clears.
        if (!isId(value.value()) && !(layout.roleOf(key).orElse(null) instanceof KeyRole.Live)) {
          contents.add(value.value());
        }
      } else if (seen instanceof ObservedIndex index
          && !(layout.roleOf(key).orElse(null) instanceof KeyRole.Index)) {
        contents.add(index.entries());
      } else if (seen instanceof ObservedOther) {
        contents.add("something else");
      }
    });
    return contents;
  }

  private static boolean isId(Value value) {
    return SnapshotId.isId(value.asUtf8());
  }

  /**
   * Looks at the latest snapshot of each region, and at all views, after every step, as readers do.
   * Each repair by itself has one old and one new state: one that must plan again begins anew.
   */
  private final class Readers implements RepairListener {
    private final List<Map<Object, Optional<Value>>> looks = new ArrayList<>();

    /** The latest snapshot of each region, and what each view holds. */
    private void look() {
      Map<Key, ObservedKey> keys = raw.readAll();
      Map<Object, Optional<Value>> seen = new HashMap<>();
      regions(keys).forEach(region -> seen.put(region, latest(region, keys)));
      keys.forEach((key, held) -> {
        if (held instanceof ObservedValue value
            && (layout.roleOf(key).orElse(null) instanceof KeyRole.IdView
                || layout.roleOf(key).orElse(null) instanceof KeyRole.TimestampView)) {
          seen.put(key, Optional.of(value.value()));
        }
      });
      looks.add(seen);
    }

    /** The latest snapshot, if the pointer leads to one of the region with that id. */
    private Optional<Value> latest(Region region, Map<Key, ObservedKey> keys) {
      if (!(keys.get(layout.pointer(region)) instanceof ObservedValue pointer)
          || !isId(pointer.value())) {
        return Optional.empty();
      }
      SnapshotId id = new SnapshotId(pointer.value().asUtf8());
      return Optional.ofNullable(keys.get(layout.idView(region, id)))
          .flatMap(RepairCheck::body)
          .filter(snapshot -> snapshot.region().equals(region) && snapshot.id().equals(id))
          .map(Snapshot::body);
    }

    @Override
    public void drifted(Drift drift) {
      // What was found is checked by itself.
    }

    @Override
    public void planned(RepairPlan plan) {
      assertOldOrNew();
      looks.clear();
      look();
    }

    @Override
    public void tried(RepairStep step, StepOutcome outcome) {
      if (layout == KeyLayout.WORLDMONITOR && outcome instanceof StepOutcome.Stale) {
        // Regions share their id views: the repair of one can make the plan of another stale.
        return;
      }
      assertThat(outcome).as("%s", step).isEqualTo(new StepOutcome.Applied());
      look();
    }

    void assertOldOrNew() {
      if (looks.isEmpty()) {
        return;
      }
      Map<Object, Optional<Value>> before = looks.get(0);
      Map<Object, Optional<Value>> after = looks.get(looks.size() - 1);
      for (Map<Object, Optional<Value>> seen : looks) {
        Set<Object> whats = new HashSet<>(seen.keySet());
        whats.addAll(before.keySet());
        for (Object what : whats) {
          assertThat(of(what, seen))
              .as("what is seen of %s", what)
              .isIn(of(what, before), of(what, after));
        }
      }
    }

    private static Optional<Value> of(Object what, Map<Object, Optional<Value>> seen) {
      return seen.getOrDefault(what, Optional.empty());
    }
  }
}
