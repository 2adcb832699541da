package io.regionsnap.domain.invariants;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.ports.IndexEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;

/** The sight of somebody who sees a whole region at once. */
final class StateSight implements RegionSight {
  private final RegionState state;
  private final Optional<IndexHead> head;
  private final Map<String, Long> scores = new HashMap<>();

  StateSight(RegionState state) {
    this.state = state;
    NavigableSet<IndexEntry> entries = state.entries();
    entries.forEach(entry -> scores.put(entry.member(), entry.score()));
    this.head = state
        .index()
        .map(seen -> new IndexHead(
            seen.kind(),
            seen.expiresAtMillis(),
            entries.isEmpty() ? Optional.empty() : Optional.of(entries.first()),
            state.top()));
  }

  @Override
  public Region region() {
    return state.region();
  }

  @Override
  public long observedAtMillis() {
    return state.observedAtMillis();
  }

  @Override
  public Optional<IndexHead> indexHead() {
    return head;
  }

  @Override
  public Optional<ObservedKey> pointer() {
    return state.pointer();
  }

  @Override
  public Optional<ObservedKey> live() {
    return state.live();
  }

  @Override
  public Optional<ObservedKey> idView(SnapshotId id) {
    return Optional.ofNullable(state.idViews().get(id));
  }

  @Override
  public Optional<ObservedKey> timestampView(long generatedAtMillis) {
    return Optional.ofNullable(state.timestampViews().get(generatedAtMillis));
  }

  @Override
  public OptionalLong score(String member) {
    Long score = scores.get(member);
    return score == null ? OptionalLong.empty() : OptionalLong.of(score);
  }
}
