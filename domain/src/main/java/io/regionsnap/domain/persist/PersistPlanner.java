package io.regionsnap.domain.persist;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.persist.PersistPlan.Check;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how a snapshot is persisted: a pure function from the snapshot, the policy and the time to a
 * transaction that takes a region from one whole state to another.
 *
 * <p>The order of the guards decides what the caller is told when several fail. That the snapshot
 * is already whole comes first, so that a retry of what had succeeded is never taken for anything
 * else. "Whole" is decided by both views, the index member and the pointer, never by the claim
 * alone, so that a retry also mends what a server brought back only in part.
 *
 * <p>The order of the writes makes every prefix harmless to readers: views, index, pointer, live,
 * the claim last.
 */
final class PersistPlanner {
  private final KeyLayout layout;
  private final Policy policy;

  PersistPlanner(KeyLayout layout, Policy policy) {
    this.layout = layout;
    this.policy = policy;
  }

  PersistPlan plan(Snapshot snapshot, long nowMillis, Detour detour) {
    return new Draft(
            snapshot,
            SnapshotKeys.of(snapshot, layout, policy),
            new IndexEntry(snapshot.id().text(), snapshot.generatedAtMillis()),
            nowMillis + policy.claimLifetime().toMillis(),
            detour)
        .plan();
  }

  private final class Draft {
    private final SnapshotKeys keys;
    private final Value body;
    private final Value id;
    private final IndexEntry entry;
    private final long claimExpiresAtMillis;
    private final Detour detour;
    private final List<Guard> guards = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();

    Draft(
        Snapshot snapshot,
        SnapshotKeys keys,
        IndexEntry entry,
        long claimExpiresAtMillis,
        Detour detour) {
      this.keys = keys;
      this.body = snapshot.body();
      this.id = snapshot.id().toValue();
      this.entry = entry;
      this.claimExpiresAtMillis = claimExpiresAtMillis;
      this.detour = detour;
    }

    PersistPlan plan() {
      guard(Check.NOT_YET_WHOLE, new Guard.NotAll(whole()));
      // The claim is the first of the keys to expire (Policy), so this covers the views too.
      guard(Check.CLOCKS_AGREE, new Guard.StoreClockBefore(claimExpiresAtMillis));
      guard(
          Check.WITHIN_RETENTION,
          new Guard.WithinSpan(keys.index(), entry.score(), policy.retention().toMillis()));
      guard(Check.ID_FREE, new Guard.AbsentOrEqual(keys.idView(), body));
      guard(Check.INDEX_ADMITS, new Guard.Admits(keys.index(), entry));
      guard(Check.TIMESTAMP_FREE, new Guard.AbsentOrEqual(keys.timestampView(), body));
      guardClaim();
      guardPointer();
      return new PersistPlan(keys, new Transaction(guards, writes()), checks);
    }

    private List<Guard> whole() {
      List<Guard> whole = new ArrayList<>();
      whole.add(new Guard.Contains(keys.index(), entry));
      if (detour.movesPointer()) {
        whole.add(new Guard.AtTop(keys.pointer(), keys.index()));
      }
      whole.add(new Guard.Equal(keys.idView(), body));
      whole.add(new Guard.Equal(keys.timestampView(), body));
      return whole;
    }

    private void guardClaim() {
      if (detour.deadClaim().isEmpty()) {
        guard(Check.CLAIM_FREE, new Guard.AbsentOrEqual(keys.claim(), id));
        return;
      }
      Detour.DeadClaim dead = detour.deadClaim().get();
      guard(Check.CLAIM_UNCHANGED, new Guard.Equal(keys.claim(), dead.held()));
      dead.evidence().forEach(guard -> guard(Check.CLAIM_DEAD, guard));
    }

    private void guardPointer() {
      if (detour.strayPointer().isEmpty()) {
        guard(Check.POINTER_KNOWN, new Guard.AbsentOrMember(keys.pointer(), keys.index()));
        return;
      }
      Detour.StrayPointer stray = detour.strayPointer().get();
      guard(Check.POINTER_UNCHANGED, new Guard.Equal(keys.pointer(), stray.held()));
      stray.evidence().forEach(guard -> guard(Check.POINTER_UNCHANGED, guard));
    }

    private void guard(Check check, Guard guard) {
      checks.add(check);
      guards.add(guard);
    }

    private List<Write> writes() {
      long viewsExpireAtMillis = policy.viewsExpireAtMillis(entry.score());
      List<Write> writes = new ArrayList<>();
      writes.add(new Write.Put(keys.idView(), body, viewsExpireAtMillis));
      writes.add(new Write.Put(keys.timestampView(), body, viewsExpireAtMillis));
      writes.add(new Write.Add(keys.index(), entry));
      writes.add(new Write.Trim(keys.index(), policy.retention().toMillis()));
      writes.add(new Write.ExpireWithTop(keys.index(), policy.viewLifetimeMillis()));
      if (detour.movesPointer()) {
        writes.add(new Write.PointAtTop(keys.pointer(), keys.index(), policy.viewLifetimeMillis()));
        writes.add(new Write.IfNewTop(new Write.Delete(keys.live())));
      }
      writes.add(new Write.Put(keys.claim(), id, claimExpiresAtMillis));
      return writes;
    }
  }
}
