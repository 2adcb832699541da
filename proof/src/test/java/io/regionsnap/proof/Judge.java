package io.regionsnap.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.RegionInvariants;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.invariants.Violation;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Looks at raw keys and says what is wrong with them. Immutable and thread-safe. */
public final class Judge {
  /** How long things are kept, in every part of the proof. */
  public static final Policy POLICY = Policy.DEFAULT;

  private final KeyLayout layout;
  private final List<Region> regions;
  private final RegionInvariants invariants;
  private final InstantSource clock = InstantSource.system();

  /**
   * A judge.
   *
   * @param layout how keys are named
   * @param regions the regions that there are
   */
  public Judge(KeyLayout layout, Collection<String> regions) {
    this.layout = layout;
    this.regions = regions.stream().map(Region::new).toList();
    this.invariants = new RegionInvariants(layout, POLICY, SnapshotDocuments.PARSER);
  }

  /**
   * How keys are named.
   *
   * @return the layout
   */
  public KeyLayout layout() {
    return layout;
  }

  /**
   * The regions, as somebody saw them in one instant.
   *
   * @param keys all keys of the store
   * @return one state for each region
   */
  public List<RegionState> states(Map<Key, ObservedKey> keys) {
    return regions.stream()
        .map(region ->
            RegionState.of(region, layout, SnapshotDocuments.PARSER, keys, clock.millis()))
        .toList();
  }

  /**
   * Everything in which the regions do not hang together.
   *
   * @param states the regions
   * @return the violations; empty if there are none
   */
  public List<Violation> violations(List<RegionState> states) {
    return states.stream()
        .flatMap(state -> invariants.violations(state).stream())
        .toList();
  }

  /**
   * Everything that a change of whole regions did and may not do.
   *
   * @param before the regions before it
   * @param after the same regions after it
   * @return the violations; empty if there are none
   */
  public List<Violation> violations(List<RegionState> before, List<RegionState> after) {
    return regions.stream()
        .map(regions::indexOf)
        .flatMap(i -> invariants.violations(before.get(i), after.get(i)).stream())
        .toList();
  }

  /**
   * Fails unless every region is whole.
   *
   * @param keys all keys of the store
   * @return the regions
   * @throws AssertionError if one is not
   */
  public List<RegionState> requireWhole(Map<Key, ObservedKey> keys) {
    List<RegionState> states = states(keys);
    assertThat(violations(states)).as("invariants").isEmpty();
    return states;
  }

  /**
   * How many keys hold the bytes of a snapshot or name it: its views, and its index member.
   *
   * @param snapshot the snapshot
   * @param keys all keys of the store
   * @return 0 if there is no trace of it, 3 if all of it is there
   */
  public int traces(Snapshot snapshot, Map<Key, ObservedKey> keys) {
    int traces = 0;
    for (Key view : List.of(
        layout.idView(snapshot.region(), snapshot.id()),
        layout.timestampView(snapshot.region(), snapshot.generatedAtMillis()))) {
      if (keys.get(view) instanceof ObservedValue seen && seen.value().equals(snapshot.body())) {
        traces++;
      }
    }
    if (keys.get(layout.index(snapshot.region())) instanceof ObservedIndex index
        && index
            .entries()
            .contains(new IndexEntry(snapshot.id().text(), snapshot.generatedAtMillis()))) {
      traces++;
    }
    return traces;
  }
}
