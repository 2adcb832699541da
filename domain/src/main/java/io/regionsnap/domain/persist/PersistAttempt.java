package io.regionsnap.domain.persist;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import java.util.List;
import java.util.Optional;

/**
 * The persisting of one snapshot, from its first submission to its outcome. Not thread-safe.
 *
 * <p>It keeps one rule: once a submission was in doubt, nothing but the guards of a later one can
 * say what became of it. An error on the retry says nothing about the first try. And once one was
 * torn, only a success makes good for it.
 */
final class PersistAttempt {
  /** How often a submission is changed and made again at once; after that it waits its turn. */
  private static final int MAX_DETOURS = 4;

  /** What an attempt needs next. */
  enum Next {
    /** Nothing: the outcome is known. */
    NOTHING,
    /** To look where the pointer leads: {@link #lookup}, then {@link #seen}. */
    LOOK,
    /** To be submitted again at once. */
    SUBMIT,
    /** To be submitted again after a delay. */
    WAIT
  }

  private final Snapshot snapshot;
  private final KeyLayout layout;
  private final PersistPlanner planner;
  private final long nowMillis;

  private Detour detour = Detour.NONE;
  private int detours;
  private PersistPlan plan;
  private boolean inDoubt;
  private List<Key> torn = List.of();
  private String lastProblem = "not submitted";
  private Optional<SnapshotId> pointerTarget = Optional.empty();
  private Optional<PersistOutcome> outcome = Optional.empty();

  PersistAttempt(Snapshot snapshot, KeyLayout layout, PersistPlanner planner, long nowMillis) {
    this.snapshot = snapshot;
    this.layout = layout;
    this.planner = planner;
    this.nowMillis = nowMillis;
    this.plan = planner.plan(snapshot, nowMillis, detour);
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Transaction transaction() {
    return plan.transaction();
  }

  PersistOutcome outcome() {
    return outcome.orElseThrow();
  }

  /** Takes the store's answer to {@link #transaction}. */
  Next answered(CommitResult result) {
    return result.match(
        () -> settle(new PersistOutcome.Persisted()),
        this::guardFailed,
        refused -> refused.reason().match(this::wrongKind, this::unavailable, this::rejected),
        this::leftInDoubt,
        this::leftInPart);
  }

  /** Settles on what is known when there is no time left. */
  void giveUp() {
    refusedByStore(new Refusal(Refusal.Code.STORE_UNAVAILABLE, lastProblem));
  }

  private Next guardFailed(CommitResult.GuardFailed failed) {
    Observation observed = failed.observed();
    return switch (plan.checks().get(failed.guardIndex())) {
      case NOT_YET_WHOLE -> settle(new PersistOutcome.AlreadyPersisted());
      case CLOCKS_AGREE -> refuse(Reasons.clocksDisagree(Observed.clock(observed), nowMillis));
      case WITHIN_RETENTION -> refuse(Reasons.tooOld(snapshot, Observed.entry(observed)));
      case ID_FREE -> refuse(Reasons.idTaken(snapshot));
      case INDEX_ADMITS -> refuse(Reasons.indexTaken(snapshot, Observed.entry(observed)));
      case TIMESTAMP_FREE -> refuse(Reasons.timestampTaken(snapshot, "other bytes"));
      case CLAIM_FREE -> claimHeld(Observed.held(observed));
      case CLAIM_UNCHANGED -> submit(detour.withoutClaim());
      case CLAIM_DEAD -> duplicate(claimant());
      case POINTER_KNOWN -> pointerStrays(Observed.held(observed));
      case POINTER_UNCHANGED -> submit(detour.withoutPointer());
    };
  }

  /**
   * Another id has claimed the bucket. A writer that claims in a request of its own can leave a
   * claim with nothing behind it, so the claim counts only if its id view exists, in the same
   * instant.
   */
  private Next claimHeld(Observation.Held held) {
    if (isCut(held)) {
      return refuse(Reasons.noId(plan.keys().claim(), held));
    }
    List<Guard> evidence =
        asId(held.head()).map(this::isNotStored).map(List::of).orElseGet(List::of);
    return submit(detour.with(new Detour.DeadClaim(held.head(), evidence)));
  }

  private Guard isNotStored(SnapshotId id) {
    return new Guard.Absent(layout.idView(snapshot.region(), id));
  }

  private Next duplicate(SnapshotId winner) {
    return settle(
        torn.isEmpty()
            ? new PersistOutcome.Duplicate(winner)
            : new PersistOutcome.Torn(
                torn, "snapshot %s has claimed its bucket meanwhile".formatted(winner)));
  }

  private SnapshotId claimant() {
    return detour.deadClaim().flatMap(dead -> asId(dead.held())).orElseThrow();
  }

  /**
   * The pointer names no member of the index; whether moving it is a step forward is to be seen.
   */
  private Next pointerStrays(Observation.Held held) {
    if (isCut(held)) {
      return refuse(Reasons.noId(plan.keys().pointer(), held));
    }
    pointerTarget = asId(held.head()).filter(id -> !id.equals(snapshot.id()));
    if (pointerTarget.isPresent()) {
      return Next.LOOK;
    }
    // It holds no id, or this very one: nothing that could be newer.
    return submit(detour.with(new Detour.StrayPointer(held.head(), false, List.of())));
  }

  /** Where the pointer leads. */
  Query.Get lookup() {
    return new Query.Get(layout.idView(snapshot.region(), pointerTarget.orElseThrow()));
  }

  /** Takes the answer to {@link #lookup}. */
  Next seen(ReadResult<Value> result, SnapshotParser parser) {
    SnapshotId target = pointerTarget.orElseThrow();
    return result.match(
        body -> submitPast(target, isNewer(body, parser), List.of()),
        () -> submitPast(target, false, List.of(isNotStored(target))),
        noValue -> submitPast(target, false, List.of()),
        unreadable -> tryLater(unreadable.message()));
  }

  private Next submitPast(SnapshotId target, boolean leadsToNewer, List<Guard> evidence) {
    return submit(detour.with(new Detour.StrayPointer(target.toValue(), leadsToNewer, evidence)));
  }

  private boolean isNewer(Value body, SnapshotParser parser) {
    return parser
        .parse(body)
        .match(
            other -> other.region().equals(snapshot.region())
                && other.generatedAtMillis() > snapshot.generatedAtMillis(),
            unreadable -> false);
  }

  private Next submit(Detour changed) {
    detour = changed;
    plan = planner.plan(snapshot, nowMillis, detour);
    detours++;
    return detours <= MAX_DETOURS
        ? Next.SUBMIT
        : tryLater("the keys of region %s keep changing".formatted(snapshot.region()));
  }

  private Next leftInDoubt(CommitResult.InDoubt doubt) {
    inDoubt = true;
    return tryLater(doubt.message());
  }

  private Next leftInPart(CommitResult.Torn result) {
    torn = result.keys();
    return tryLater(result.message());
  }

  private Next unavailable(StoreRefusal.Unavailable refusal) {
    return tryLater(refusal.message());
  }

  private Next tryLater(String problem) {
    lastProblem = problem;
    return Next.WAIT;
  }

  private Next wrongKind(StoreRefusal.WrongKind wrong) {
    return refusedByStore(Reasons.wrongKind(wrong));
  }

  private Next rejected(StoreRefusal.Rejected rejection) {
    return refusedByStore(new Refusal(Refusal.Code.STORE_REJECTED, rejection.message()));
  }

  private Next refusedByStore(Refusal refusal) {
    return inDoubt && torn.isEmpty()
        ? settle(new PersistOutcome.Unknown(refusal.message()))
        : refuse(refusal);
  }

  private Next refuse(Refusal refusal) {
    return settle(
        torn.isEmpty()
            ? new PersistOutcome.Refused(refusal)
            : new PersistOutcome.Torn(torn, refusal.message()));
  }

  private Next settle(PersistOutcome known) {
    outcome = Optional.of(known);
    return Next.NOTHING;
  }

  private static boolean isCut(Observation.Held held) {
    return held.size() > held.head().size();
  }

  private static Optional<SnapshotId> asId(Value value) {
    return Optional.of(value.asUtf8()).filter(SnapshotId::isId).map(SnapshotId::new);
  }
}
