package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.RegionInvariants;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.domain.read.ReadOutcome;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Plays a history on a store and, after every step, looks at the raw keys: the invariants of each
 * region must hold for the state and for the way that led to it, the answers must be those of the
 * {@link ReferenceModel}, and the latest snapshot must be the one that the model has. Not
 * thread-safe.
 */
public final class HistoryPlayer {
  private static final Policy POLICY = Policy.DEFAULT;

  /** A store that can be played on. */
  public interface Stage {
    /**
     * The store as it is now; another one after {@link #reopen}.
     *
     * @return the store
     */
    TransactionalStore store();

    /**
     * An observer of its keys.
     *
     * @return the observer
     */
    RawKeys rawKeys();

    /** Closes and opens the store, if it survives that; else does nothing. */
    void reopen();
  }

  private final Stage stage;
  private final KeyLayout layout;
  private final MutableClock storeClock;
  private final RegionInvariants invariants;
  private final ReferenceModel model;
  private final Map<String, RegionState> before = new HashMap<>();
  private Duration writerAhead = Duration.ZERO;

  /**
   * A player.
   *
   * @param stage an empty store
   * @param layout how its keys are named
   * @param storeClock the store's clock, moved by the history
   */
  public HistoryPlayer(Stage stage, KeyLayout layout, MutableClock storeClock) {
    this.stage = stage;
    this.layout = layout;
    this.storeClock = storeClock;
    this.model = new ReferenceModel(POLICY, layout);
    this.invariants = new RegionInvariants(layout, POLICY, SnapshotDocuments.PARSER);
    observeRegions();
  }

  /**
   * Plays a step and checks what came of it.
   *
   * @param step the step
   * @return every key of the store after it, for comparing stores with each other
   * @throws AssertionError if something that always holds does not
   */
  public Map<Key, ObservedKey> play(HistoryStep step) {
    if (step instanceof HistoryStep.Persist persist) {
      persist(persist.drafts());
    } else if (step instanceof HistoryStep.Advance advance) {
      storeClock.advance(advance.duration());
    } else if (step instanceof HistoryStep.SetWriterClock set) {
      writerAhead = set.ahead();
    } else if (step instanceof HistoryStep.PutLive live) {
      Key key = layout.live(new Region(live.region()));
      stage.rawKeys().putValue(key, Value.utf8("live"), OptionalLong.empty());
      observeRegions();
    } else {
      stage.reopen();
    }
    Map<Key, ObservedKey> keys = stage.rawKeys().readAll();
    checkRegions(keys);
    checkLatest();
    return keys;
  }

  private long writerMillis() {
    return storeClock.millis() + writerAhead.toMillis();
  }

  private void persist(List<HistoryStep.Draft> drafts) {
    List<Snapshot> snapshots = drafts.stream().map(this::snapshot).toList();
    List<PersistOutcome> outcomes = new PersistSnapshots(
            stage.store(),
            layout,
            POLICY,
            SnapshotDocuments.PARSER,
            RetryPolicy.DEFAULT,
            () -> storeClock.instant().plus(writerAhead),
            storeClock::advance)
        .persist(snapshots);
    assertThat(outcomes.stream().map(HistoryPlayer::wordFor).toList())
        .as("outcomes of %s", snapshots)
        .isEqualTo(expected(snapshots));
  }

  private List<String> expected(List<Snapshot> snapshots) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < snapshots.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing((Integer i) -> snapshots.get(i).region())
        .thenComparing(i -> snapshots.get(i).generatedAtMillis()));
    String[] words = new String[snapshots.size()];
    for (int i : order) {
      words[i] = ask(snapshots.get(i));
    }
    for (int i : order) {
      // That the winner of a claim is stored is checked in a submission of its own, after the rest
      // of the
      // batch; by then the rest may be in the way more plainly.
      if (words[i].startsWith("duplicate")) {
        words[i] = ask(snapshots.get(i));
      }
    }
    return List.of(words);
  }

  private String ask(Snapshot snapshot) {
    return model.persist(snapshot, writerMillis(), storeClock.millis());
  }

  private Snapshot snapshot(HistoryStep.Draft draft) {
    return SnapshotDocuments.snapshot(
        draft.region(),
        draft.id(),
        writerMillis() + draft.offset().toMillis(),
        draft.reason(),
        draft.content());
  }

  private static String wordFor(PersistOutcome outcome) {
    return outcome.match(
        () -> "persisted",
        () -> "already persisted",
        duplicate -> "duplicate of " + duplicate.winner(),
        refused -> refused.refusal().code().name(),
        unknown -> "unknown: " + unknown.message(),
        torn -> "torn: " + torn.message());
  }

  private void checkRegions(Map<Key, ObservedKey> keys) {
    for (String name : HistorySteps.REGIONS) {
      RegionState after = stateOf(name, keys);
      RegionState last = Objects.requireNonNull(before.put(name, after));
      assertThat(invariants.violations(after)).isEmpty();
      assertThat(invariants.violations(last, after)).isEmpty();
    }
  }

  private void observeRegions() {
    Map<Key, ObservedKey> keys = stage.rawKeys().readAll();
    HistorySteps.REGIONS.forEach(name -> before.put(name, stateOf(name, keys)));
  }

  private RegionState stateOf(String region, Map<Key, ObservedKey> keys) {
    return RegionState.of(
        new Region(region), layout, SnapshotDocuments.PARSER, keys, storeClock.millis());
  }

  private void checkLatest() {
    ReadSnapshots read =
        new ReadSnapshots(stage.store(), layout, POLICY, SnapshotDocuments.PARSER, storeClock);
    for (String name : HistorySteps.REGIONS) {
      Region region = new Region(name);
      assertThat(read.latest(List.of(region)).get(0))
          .as("latest of %s", region)
          .isEqualTo(model
              .latest(region, storeClock.millis())
              .<ReadOutcome>map(ReadOutcome.Found::new)
              .orElseGet(ReadOutcome.None::new));
    }
  }
}
