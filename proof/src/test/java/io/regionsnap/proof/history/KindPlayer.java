package io.regionsnap.proof.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.testkit.RawKeys;
import io.regionsnap.testkit.SnapshotDocuments;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Puts another kind of value under each key that a snapshot needs, one after the other, before the
 * snapshot is persisted: it is refused, and no key changes. Not thread-safe.
 */
final class KindPlayer {
  private final Environment environment;
  private final KeyLayout layout;
  private final Writer writer;
  private final Snapshot older;
  private final Snapshot snapshot;

  KindPlayer(Environment environment, KeyLayout layout) {
    this.environment = environment;
    this.layout = layout;
    this.writer = new Writer(layout, environment.tally());
    long now = System.currentTimeMillis();
    this.older =
        SnapshotDocuments.snapshot("mena", "older", now - 3_600_000, "scheduled_6h", "older");
    this.snapshot = SnapshotDocuments.snapshot("mena", "newer", now, "scheduled_6h", "newer");
  }

  /** Every key, and every kind that the store can hold. */
  void play() {
    Key index = layout.index(snapshot.region());
    List<Key> values = List.of(
        layout.idView(snapshot.region(), snapshot.id()),
        layout.timestampView(snapshot.region(), snapshot.generatedAtMillis()),
        layout.pointer(snapshot.region()),
        layout.claim(
            snapshot.region(),
            snapshot.reason(),
            Judge.POLICY.bucketOf(snapshot.generatedAtMillis())));
    OptionalLong never = OptionalLong.empty();
    play(raw -> raw.putValue(index, Value.utf8("foreign"), never));
    values.forEach(key ->
        play(raw -> raw.putIndex(key, List.of(new IndexEntry("foreign", 1)), never)));
    if (environment.raw().holdsOther()) {
      play(raw -> raw.putOther(index));
      values.forEach(key -> play(raw -> raw.putOther(key)));
    }
  }

  private void play(Consumer<RawKeys> change) {
    environment.clear();
    environment.tally().count(Figure.HISTORIES);
    writer.persist(environment.store(), Writer.PATIENTLY, older);
    change.accept(environment.raw());
    environment.tally().struck(Fault.KIND_CHANGED);
    Map<Key, ObservedKey> before = environment.keys();
    PersistOutcome outcome = writer.persist(environment.store(), Writer.PATIENTLY, snapshot);
    environment.tally().count(Figure.OBSERVATIONS);
    environment.tally().judging(() -> {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              PersistOutcome.Refused.class,
              refused -> assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.WRONG_KIND));
      assertThat(environment.keys()).isEqualTo(before);
    });
  }
}
