package io.regionsnap.domain.repair;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.audit.Drift;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.audit.Look;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves aside id views of which nobody can say to which region they belong. */
final class HomelessPlanner {
  private final KeyLayout layout;
  private final Look look;
  private final Quarantine quarantine;

  HomelessPlanner(KeyLayout layout, Look look, Quarantine quarantine) {
    this.layout = layout;
    this.look = look;
    this.quarantine = quarantine;
  }

  List<RepairStep> plan(List<Drift> drifts) {
    List<RepairStep> steps = new ArrayList<>();
    for (Drift drift : drifts) {
      Key key = drift.findings().get(0).key();
      look.at(key).ifPresent(held -> steps.add(step(key, held, drift.findings())));
    }
    return steps;
  }

  private RepairStep step(Key key, ObservedKey held, List<Finding> findings) {
    Seen seen = held instanceof ObservedValue value
        ? Seen.Bytes.of(value.value())
        : new Seen.OfKind(held.kind());
    return new RepairStep(
        Optional.empty(),
        findings,
        Map.of(key, seen),
        layout.index(look.region()),
        List.of(),
        List.of(new Change.Aside(
            key, held.kind(), quarantine.next(look.region(), key), quarantine.expiresAtMillis())));
  }
}
