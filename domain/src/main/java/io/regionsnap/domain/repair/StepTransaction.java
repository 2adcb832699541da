package io.regionsnap.domain.repair;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a transaction of a step and the bytes that it has seen. Used once, by one thread. */
final class StepTransaction {
  private final RepairStep step;
  private final Map<Seen.Bytes, Value> bodies = new HashMap<>();
  private final List<Guard> guards = new ArrayList<>();
  private final List<Write> writes = new ArrayList<>();

  /** @param values the bytes under each key of which the step has seen bytes, and those only */
  StepTransaction(RepairStep step, Map<Key, Value> values) {
    this.step = step;
    values.values().forEach(value -> bodies.putIfAbsent(Seen.Bytes.of(value), value));
  }

  Transaction transaction() {
    step.seen().forEach(this::guard);
    step.entries().forEach(entry -> guards.add(new Guard.Contains(step.index(), entry)));
    step.changes().forEach(this::write);
    long earliest = step.changes().stream()
        .filter(Change.Place.class::isInstance)
        .mapToLong(change -> ((Change.Place) change).expiresAtMillis())
        .min()
        .orElse(Long.MAX_VALUE);
    if (earliest < Long.MAX_VALUE) {
      // The store would take a key that has expired already, and show it to nobody.
      guards.add(new Guard.StoreClockBefore(earliest));
    }
    return new Transaction(guards, writes);
  }

  private Value body(Seen.Bytes bytes) {
    Value value = bodies.get(bytes);
    if (value == null) {
      throw new IllegalArgumentException("a step puts bytes that it has not seen");
    }
    return value;
  }

  private void guard(Key key, Seen seen) {
    if (seen instanceof Seen.Nothing) {
      guards.add(new Guard.Absent(key));
    } else if (seen instanceof Seen.Bytes bytes) {
      guards.add(new Guard.Equal(key, body(bytes)));
    }
    // Another kind is what the Aside of this key needs: the store refuses anything else.
  }

  private void write(Change change) {
    if (change instanceof Change.Aside aside) {
      guards.add(new Guard.Absent(aside.to()));
      writes.add(new Write.Move(aside.from(), aside.kind(), aside.to(), aside.expiresAtMillis()));
    } else if (change instanceof Change.Place place) {
      writes.add(new Write.Put(place.key(), body(place.body()), place.expiresAtMillis()));
    } else if (change instanceof Change.Drop drop) {
      writes.add(new Write.Delete(drop.key()));
    } else if (change instanceof Change.Index index) {
      writes.add(new Write.Add(index.index(), index.entry()));
    } else if (change instanceof Change.Strike strike) {
      IndexEntry entry = strike.entry();
      writes.add(new Write.Put(
          strike.note(),
          Value.utf8(entry.score() + " " + entry.member()),
          strike.expiresAtMillis()));
      writes.add(new Write.Remove(strike.index(), entry.member()));
    } else if (change instanceof Change.Prune prune) {
      writes.add(new Write.Trim(prune.index(), prune.spanMillis()));
    } else if (change instanceof Change.Point point) {
      writes.add(new Write.ExpireWithTop(point.index(), point.lifetimeMillis()));
      writes.add(new Write.PointAtTop(point.pointer(), point.index(), point.lifetimeMillis()));
    } else {
      Change.ClearLive clear = (Change.ClearLive) change;
      if (!(step.seen().get(clear.index()) instanceof Seen.OfKind)) {
        guards.add(new Guard.WithinSpan(clear.index(), clear.top(), 0));
      }
      writes.add(new Write.Delete(clear.live()));
    }
  }
}
