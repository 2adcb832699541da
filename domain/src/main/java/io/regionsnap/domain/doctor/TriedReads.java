package io.regionsnap.domain.doctor;

import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.TransactionalStore;
import java.util.List;
import java.util.Optional;

/** Tries the ways to read that are not tried with the transactions, on what those have left. */
final class TriedReads {
  private static final String READS = "reads";
  private static final String EXPIRY = "expiry";

  private final TransactionalStore store;
  private final TrialKeys keys;

  /** @param keys those of a trial that was applied */
  TriedReads(TransactionalStore store, TrialKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  List<Check> checks() {
    return List.of(reads(), expiry());
  }

  private Check reads() {
    Followed whole = new Followed(
        Optional.of(keys.expectedValues().get(2)),
        Optional.of(TrialKeys.BODY),
        Optional.of(keys.entry()));
    Optional<Check> against = differs(store.read(List.of(keys.follow())).get(0), whole)
        .or(() -> differs(
            store.read(List.of(new Query.Score(keys.index(), TrialKeys.MEMBER))).get(0),
            keys.entry().score()));
    return against.orElseGet(() -> Check.pass(READS, "pointers, values and indexes are read"));
  }

  private static <T> Optional<Check> differs(ReadResult<T> result, T wanted) {
    return result.match(
        found -> found.equals(wanted) ? Optional.empty() : Optional.of(wrong()),
        () -> Optional.of(wrong()),
        wrongKind -> Optional.of(wrong()),
        unreadable -> Optional.of(Check.fail(
            READS, unreadable.message(), "give this user or token the commands that read")));
  }

  private static Check wrong() {
    return Check.fail(
        READS,
        "what is read is not what was written",
        "do not use this store: it cannot be relied on");
  }

  private Check expiry() {
    ReadResult<KeyDescription> result =
        store.read(List.of(new Query.Describe(keys.idView()))).get(0);
    return result.match(
        this::expiry,
        () -> brokenExpiry("a key that was just written is gone"),
        wrongKind -> brokenExpiry("a key holds another kind than was written"),
        unreadable -> Check.warn(
            EXPIRY,
            unreadable.message(),
            "give this user or token what describes keys: audit and repair need it"));
  }

  private Check expiry(KeyDescription seen) {
    boolean near = seen.expiresAtMillis().isPresent()
        && Math.abs(seen.expiresAtMillis().getAsLong() - keys.expiresAtMillis())
            <= AuditRegions.TOLERANCE.toMillis();
    return seen.kind() == Kind.VALUE && near
        ? Check.pass(EXPIRY, "keys expire when they should")
        : brokenExpiry("a key was given an expiry, and has another or none");
  }

  private static Check brokenExpiry(String seen) {
    return Check.fail(
        EXPIRY, seen, "do not use this store: keys that should go together would go one by one");
  }
}
