package io.regionsnap.testkit;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.KeyRole;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.ports.IndexEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says what persisting a snapshot must answer, in the words of the design: it keeps snapshots, not
 * keys, and shares no code with planner, guards or stores.
 *
 * <p>An answer is a word: {@code persisted}, {@code already persisted}, {@code duplicate of ID}, or
 * the name of a {@link Refusal.Code}. Not thread-safe.
 */
public final class ReferenceModel {
  private final Policy policy;
  private final KeyLayout layout;
  private final boolean regionsShareIds;
  private final Map<Region, RegionModel> regions = new HashMap<>();
  private final Map<SnapshotId, Snapshot> shared = new HashMap<>();

  /**
   * A model in which nothing is stored.
   *
   * @param policy how long things are kept
   * @param layout how keys are named: in one of the layouts id views do not name their region
   */
  public ReferenceModel(Policy policy, KeyLayout layout) {
    this.policy = policy;
    this.layout = layout;
    this.regionsShareIds = layout == KeyLayout.WORLDMONITOR;
  }

  /**
   * A model in which is stored what was seen in a store whose regions are whole.
   *
   * @param policy how long things are kept
   * @param layout how keys are named
   * @param states the regions as they were seen
   * @return the model
   */
  public static ReferenceModel of(Policy policy, KeyLayout layout, Collection<RegionState> states) {
    ReferenceModel model = new ReferenceModel(policy, layout);
    states.forEach(state -> model.regionModel(state.region()).take(state, layout));
    return model;
  }

  /**
   * Another model in which the same is stored.
   *
   * @return the copy; persisting there changes nothing here
   */
  public ReferenceModel copy() {
    ReferenceModel copy = new ReferenceModel(policy, layout);
    copy.shared.putAll(shared);
    regions.forEach((region, model) -> copy.regionModel(region).take(model));
    return copy;
  }

  /**
   * What is stored, to be compared and to be read: members, snapshots and claims.
   *
   * @return what is stored by what it is; expiries are not in it
   */
  public Map<String, Object> contents() {
    Map<String, Object> contents = new TreeMap<>();
    regions.forEach((region, model) -> model.tell(region, contents));
    return contents;
  }

  private RegionModel regionModel(Region region) {
    return regions.computeIfAbsent(region, any -> new RegionModel());
  }

  /**
   * Persists a snapshot.
   *
   * @param snapshot the snapshot
   * @param writerMillis the writer's clock; epoch milliseconds
   * @param storeMillis the store's clock; epoch milliseconds
   * @return what the writer must be told
   */
  public String persist(Snapshot snapshot, long writerMillis, long storeMillis) {
    return regionModel(snapshot.region()).persist(snapshot, writerMillis, storeMillis);
  }

  /**
   * The snapshot that reading the latest must find.
   *
   * @param region the region
   * @param storeMillis the store's clock; epoch milliseconds
   * @return the snapshot; empty if there is none
   */
  public Optional<Snapshot> latest(Region region, long storeMillis) {
    return Optional.ofNullable(regions.get(region)).flatMap(model -> model.latest(storeMillis));
  }

  private record Bucket(TriggerReason reason, long number) {}

  private record Claim(SnapshotId winner, long expiresAtMillis) {}

  private final class RegionModel {
    /** What the index names, also while its views have expired already. */
    private final TreeMap<Long, Snapshot> members = new TreeMap<>();

    /** Every snapshot whose views have not expired, also after it was trimmed from the index. */
    private final Map<SnapshotId, Snapshot> stored = regionsShareIds ? shared : new HashMap<>();

    private final Map<Bucket, Claim> claims = new HashMap<>();

    void take(RegionState state, KeyLayout keys) {
      for (ObservedKey seen : state.idViews().values()) {
        snapshot(seen).ifPresent(snapshot -> stored.put(snapshot.id(), snapshot));
      }
      for (IndexEntry entry : state.entries()) {
        members.put(entry.score(), stored.get(new SnapshotId(entry.member())));
      }
      state.claims().forEach((key, seen) -> {
        KeyRole.Claim claim = (KeyRole.Claim) keys.roleOf(key).orElseThrow();
        claims.put(
            new Bucket(claim.reason(), claim.bucket()),
            new Claim(
                new SnapshotId(((ObservedValue) seen).value().asUtf8()),
                seen.expiresAtMillis().orElse(Long.MAX_VALUE)));
      });
    }

    private Optional<Snapshot> snapshot(ObservedKey seen) {
      return SnapshotDocuments.PARSER
          .parse(((ObservedValue) seen).value())
          .match(Optional::of, refusal -> Optional.empty());
    }

    void take(RegionModel other) {
      members.putAll(other.members);
      stored.putAll(other.stored);
      claims.putAll(other.claims);
    }

    void tell(Region region, Map<String, Object> contents) {
      members.forEach((at, snapshot) -> contents.put(region + " member " + at, snapshot.id()));
      stored.forEach((id, snapshot) ->
          contents.put(snapshot.region() + " snapshot " + id, snapshot.body().asUtf8()));
      claims.forEach((bucket, claim) -> contents.put(
          region + " claim " + bucket.reason() + " " + bucket.number(), claim.winner()));
    }

    String persist(Snapshot snapshot, long writerMillis, long storeMillis) {
      expire(storeMillis);
      Optional<String> refusal = refusalOf(snapshot, writerMillis, storeMillis);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      long at = snapshot.generatedAtMillis();
      stored.put(snapshot.id(), snapshot);
      members.put(at, snapshot);
      members.headMap(members.lastKey() - policy.retention().toMillis(), false).clear();
      claims.put(
          bucketOf(snapshot),
          new Claim(snapshot.id(), writerMillis + policy.claimLifetime().toMillis()));
      return "persisted";
    }

    private Optional<String> refusalOf(Snapshot snapshot, long writerMillis, long storeMillis) {
      long at = snapshot.generatedAtMillis();
      if (at < writerMillis - policy.retention().toMillis()) {
        return Optional.of("OLDER_THAN_RETENTION");
      } else if (at > writerMillis + policy.aheadTolerance().toMillis()) {
        return Optional.of("FROM_THE_FUTURE");
      } else if (snapshot.equals(stored.get(snapshot.id())) && snapshot.equals(members.get(at))) {
        return Optional.of("already persisted");
      } else if (storeMillis >= writerMillis + policy.claimLifetime().toMillis()) {
        return Optional.of("CLOCKS_DISAGREE");
      } else if (!members.isEmpty()
          && at < members.lastKey() - policy.retention().toMillis()) {
        return Optional.of("OLDER_THAN_RETENTION");
      } else if (isIdTaken(snapshot)) {
        return Optional.of("ID_TAKEN");
      } else if (isTimestampTaken(snapshot)) {
        return Optional.of("TIMESTAMP_TAKEN");
      }
      return Optional.ofNullable(claims.get(bucketOf(snapshot)))
          .map(Claim::winner)
          .filter(winner -> !winner.equals(snapshot.id()))
          .map(winner -> "duplicate of " + winner);
    }

    private boolean isIdTaken(Snapshot snapshot) {
      Snapshot holder = stored.get(snapshot.id());
      return (holder != null && !holder.body().equals(snapshot.body()))
          || members.values().stream()
              .anyMatch(member -> member.id().equals(snapshot.id())
                  && member.generatedAtMillis() != snapshot.generatedAtMillis());
    }

    private boolean isTimestampTaken(Snapshot snapshot) {
      long at = snapshot.generatedAtMillis();
      Snapshot member = members.get(at);
      return (member != null && !member.id().equals(snapshot.id()))
          || stored.values().stream()
              .anyMatch(other -> other.generatedAtMillis() == at
                  && other.region().equals(snapshot.region())
                  && !other.body().equals(snapshot.body()));
    }

    Optional<Snapshot> latest(long storeMillis) {
      expire(storeMillis);
      return Optional.ofNullable(members.lastEntry()).map(Map.Entry::getValue);
    }

    private void expire(long storeMillis) {
      stored.values().removeIf(snapshot -> isExpired(snapshot, storeMillis));
      claims.values().removeIf(claim -> claim.expiresAtMillis() <= storeMillis);
      // The index goes with its newest member's views, all at once; until then it keeps the others.
      if (!members.isEmpty() && isExpired(members.lastEntry().getValue(), storeMillis)) {
        members.clear();
      }
    }

    private boolean isExpired(Snapshot snapshot, long storeMillis) {
      return policy.viewsExpireAtMillis(snapshot.generatedAtMillis()) <= storeMillis;
    }

    private Bucket bucketOf(Snapshot snapshot) {
      return new Bucket(snapshot.reason(), policy.bucketOf(snapshot.generatedAtMillis()));
    }
  }
}
