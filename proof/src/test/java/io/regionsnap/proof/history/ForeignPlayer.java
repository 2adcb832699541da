package io.regionsnap.proof.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.audit.AuditOutcome;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.Violation;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.proof.Judge;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.history.ForeignHistory.Act;
import io.regionsnap.proof.history.ForeignHistory.Move;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.testkit.RawKeys;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.redis.Await;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays a history in which something else writes too. A commit may find the keys in any state. It
 * must not make that worse: no key is wrong after it that was not wrong before. What is reported
 * persisted is wholly there, and whatever else is reported has changed nothing. In the end an audit
 * finds what is wrong, key by key. Not thread-safe.
 */
public final class ForeignPlayer {
  private static final long BUCKET_MILLIS = Judge.POLICY.bucket().toMillis();
  private static final Map<Act, Fault> FAULTS = Map.of(
      Act.DELETE, Fault.KEY_DELETED,
      Act.CHANGE_KIND, Fault.KIND_CHANGED,
      Act.OVERWRITE, Fault.KEY_OVERWRITTEN,
      Act.EXPIRE, Fault.KEY_EXPIRED);

  private final Environment environment;
  private final KeyLayout layout;
  private final Judge judge;
  private final Writer writer;
  private final long beginMillis = System.currentTimeMillis() / BUCKET_MILLIS * BUCKET_MILLIS;

  /**
   * A player in an environment, which it empties.
   *
   * @param environment where to play
   * @param layout how keys are named
   */
  public ForeignPlayer(Environment environment, KeyLayout layout) {
    this.environment = environment;
    this.layout = layout;
    this.judge = new Judge(layout, Histories.REGIONS);
    this.writer = new Writer(layout, environment.tally());
    environment.clear();
  }

  /**
   * Plays a history.
   *
   * @param history its moves
   * @throws AssertionError if a commit made anything worse, or said what is not so
   */
  public void play(List<Move> history) {
    environment.tally().count(Figure.HISTORIES);
    environment.tally().judging(() -> {
      history.forEach(this::play);
      audit();
    });
  }

  private void audit() {
    Set<Key> found = new HashSet<>();
    AuditRegions audits = new AuditRegions(
        environment.store(),
        layout,
        Judge.POLICY,
        SnapshotDocuments.PARSER,
        InstantSource.system());
    // On a slow machine an answer may come too late.
    Await.until(
        "an audit has read everything",
        () -> audits.audit(drift -> drift.findings().forEach(each -> found.add(each.key())))
            instanceof AuditOutcome.Complete);
    assertThat(judge.violations(judge.states(environment.keys())))
        // An audit overlooks a minute.
        .filteredOn(violation -> !violation.code().equals(Optional.of(FindingCode.EXPIRY_DRIFT)))
        .allSatisfy(
            violation -> assertThat(found).as("what an audit finds").contains(violation.key()));
  }

  private void play(Move move) {
    if (move instanceof ForeignHistory.Persist persist) {
      persist(persist.draft());
    } else {
      tamper((ForeignHistory.Tamper) move);
    }
  }

  private void persist(Step.Draft draft) {
    Snapshot snapshot = draft.at(beginMillis + draft.offset().toMillis());
    Map<Key, ObservedKey> before = environment.keys();
    Writer.Call call = writer.persist(environment.store(), Writer.PATIENTLY, List.of(snapshot));
    PersistOutcome outcome = call.outcomes().get(0);
    Map<Key, ObservedKey> after = environment.keys();
    environment.tally().count(Figure.OBSERVATIONS);
    // What a slow machine leaves in doubt may have been done before it was asked for again.
    if (outcome instanceof PersistOutcome.Persisted
        || (outcome instanceof PersistOutcome.AlreadyPersisted && call.inDoubt())) {
      assertThat(judge.traces(snapshot, after))
          .as("traces of what was persisted")
          .isEqualTo(3);
      assertThat(wrongKeys(after))
          .as("keys that became wrong by persisting %s", snapshot)
          .isSubsetOf(wrongKeys(before));
    } else {
      assertThat(after).as("keys after %s", outcome).isEqualTo(before);
    }
    if (outcome instanceof PersistOutcome.AlreadyPersisted) {
      assertThat(judge.traces(snapshot, after))
          .as("traces of what is persisted")
          .isEqualTo(3);
    }
  }

  private Set<Key> wrongKeys(Map<Key, ObservedKey> keys) {
    return judge.violations(judge.states(keys)).stream()
        .map(Violation::key)
        .collect(Collectors.toSet());
  }

  private void tamper(ForeignHistory.Tamper tamper) {
    List<Key> keys = environment.keys().keySet().stream()
        .sorted(Comparator.comparing(Key::name))
        .toList();
    if (keys.isEmpty()) {
      return;
    }
    Key key = keys.get(tamper.key() % keys.size());
    ObservedKey seen = environment.keys().get(key);
    if (seen != null) {
      tamper(tamper.act(), key, seen);
      environment.tally().struck(FAULTS.getOrDefault(tamper.act(), Fault.KEY_DELETED));
    }
  }

  private void tamper(Act act, Key key, ObservedKey seen) {
    RawKeys raw = environment.raw();
    OptionalLong expiry = seen.expiresAtMillis();
    switch (act) {
      case DELETE -> raw.delete(key);
      case EXPIRE -> expire(key, seen, raw);
      case CHANGE_KIND -> {
        if (raw.holdsOther() && key.name().length() % 2 == 0) {
          raw.putOther(key);
        } else if (seen instanceof ObservedValue) {
          raw.putIndex(key, List.of(new IndexEntry("foreign", 1)), expiry);
        } else {
          raw.putValue(key, Value.utf8("foreign"), expiry);
        }
      }
      case OVERWRITE -> {
        if (seen instanceof ObservedIndex index) {
          long top = index.entries().last().score();
          raw.putIndex(key, List.of(new IndexEntry("foreign", top - 1)), expiry);
        } else {
          raw.putValue(key, Value.utf8("foreign"), expiry);
        }
      }
    }
  }

  private static void expire(Key key, ObservedKey seen, RawKeys raw) {
    OptionalLong past = OptionalLong.of(System.currentTimeMillis() - 1);
    if (seen instanceof ObservedValue value) {
      raw.putValue(key, value.value(), past);
    } else if (seen instanceof ObservedIndex index) {
      raw.putIndex(key, index.entries(), past);
    } else {
      raw.delete(key);
    }
  }
}
