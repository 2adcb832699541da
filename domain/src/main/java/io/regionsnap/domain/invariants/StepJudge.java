package io.regionsnap.domain.invariants;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.Violation.Invariant;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the way from one state of a region to the next. Used once. */
final class StepJudge {
  private final KeyLayout layout;
  private final SnapshotParser parser;
  private final RegionState before;
  private final RegionState after;
  private final List<Violation> violations = new ArrayList<>();

  StepJudge(KeyLayout layout, SnapshotParser parser, RegionState before, RegionState after) {
    this.layout = layout;
    this.parser = parser;
    this.before = before;
    this.after = after;
  }

  List<Violation> violations() {
    judgeIds();
    judgePointer();
    judgeLive();
    return List.copyOf(violations);
  }

  private void judgeIds() {
    before.idViews().forEach((id, seen) -> {
      ObservedKey now = after.idViews().get(id);
      if (now instanceof ObservedValue rewritten
          && seen instanceof ObservedValue original
          && !rewritten.value().equals(original.value())) {
        violate(
            Invariant.ONE_PER_INSTANT,
            layout.idView(after.region(), id),
            "the same bytes as before",
            "other bytes");
      }
    });
  }

  private void judgePointer() {
    Optional<Long> from = pointedAtMillis(before);
    Optional<Long> to = pointedAtMillis(after);
    if (from.isPresent() && to.isPresent() && to.get() < from.get()) {
      violate(
          Invariant.FORWARD_ONLY,
          layout.pointer(after.region()),
          "no older than %d".formatted(from.get()),
          "%d".formatted(to.get()));
    }
  }

  private Optional<Long> pointedAtMillis(RegionState state) {
    return state
        .pointer()
        .filter(ObservedValue.class::isInstance)
        .map(pointer -> ((ObservedValue) pointer).value().asUtf8())
        .flatMap(target -> state.idViews().entrySet().stream()
            .filter(view -> view.getKey().text().equals(target))
            .findFirst())
        .filter(view -> view.getValue() instanceof ObservedValue)
        .flatMap(view -> parser
            .parse(((ObservedValue) view.getValue()).value())
            .match(
                snapshot -> Optional.of(snapshot.generatedAtMillis()),
                refusal -> Optional.empty()));
  }

  private void judgeLive() {
    if (before.live().isEmpty()) {
      return;
    }
    Key key = layout.live(after.region());
    boolean newTop = after.top().isPresent()
        && !before.entries().contains(after.top().get())
        && before.top().map(IndexEntry::score).orElse(Long.MIN_VALUE)
            < after.top().get().score();
    boolean kept = after.live().equals(before.live());
    boolean expired =
        before.live().get().expiresAtMillis().orElse(Long.MAX_VALUE) <= after.observedAtMillis();
    if (newTop && kept) {
      violate(
          Invariant.LIVE_CLEARED_BY_TOP, key, "cleared by a new latest snapshot", "still there");
    } else if (!newTop && after.live().isEmpty() && !expired) {
      violate(Invariant.LIVE_CLEARED_BY_TOP, key, "kept without a new latest snapshot", "cleared");
    }
  }

  private void violate(Invariant invariant, Key key, String expected, String seen) {
    violations.add(new Violation(invariant, Optional.empty(), key, expected, seen));
  }
}
