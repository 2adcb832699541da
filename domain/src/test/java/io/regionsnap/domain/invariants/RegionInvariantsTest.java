package io.regionsnap.domain.invariants;

import static io.regionsnap.domain.Documents.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.Documents;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.Violation.Invariant;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegionInvariantsTest {
  private static final long AT = 1_787_184_007_093L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Region MENA = new Region("mena");
  private static final OptionalLong NEVER = OptionalLong.empty();

  private final Snapshot first = snapshot("mena", "first", AT);
  private final Snapshot second = snapshot("mena", "second", AT + 1);
  private KeyLayout layout = KeyLayout.TAGGED;
  private long now = AT + 1000;
  private Map<Key, ObservedKey> keys = new HashMap<>();

  @BeforeEach
  void twoSnapshotsAndAClaim() {
    keys = wholeRegion();
  }

  private Map<Key, ObservedKey> wholeRegion() {
    Map<Key, ObservedKey> whole = new HashMap<>();
    putViews(whole, first);
    putViews(whole, second);
    whole.put(layout.index(MENA), index(second.generatedAtMillis() + 91 * DAY, first, second));
    whole.put(
        layout.pointer(MENA), value(second.id().toValue(), second.generatedAtMillis() + 91 * DAY));
    whole.put(claim(), value(second.id().toValue(), now + 900_000));
    whole.put(layout.index(new Region("europe")), new ObservedOther(NEVER));
    whole.put(new Key("unrelated"), new ObservedOther(NEVER));
    return whole;
  }

  @ParameterizedTest
  @EnumSource(KeyLayout.class)
  void wholeRegion_hasNoViolations(KeyLayout eitherLayout) {
    layout = eitherLayout;
    keys = wholeRegion();

    assertThat(violations()).isEmpty();
    assertThat(state(keys).idViews()).hasSize(2);
  }

  @Test
  void regionThatIsNotThere_hasNoViolations() {
    keys = new HashMap<>();
    assertThat(violations()).isEmpty();
  }

  @Test
  void view_missing_isNotWhole() {
    keys.remove(layout.idView(MENA, first.id()));
    assertBroken(Invariant.WHOLE);

    keys = wholeRegion();
    keys.remove(layout.timestampView(MENA, AT));
    assertBroken(Invariant.WHOLE);
  }

  @Test
  void view_withOtherBytes_isNotWhole() {
    keys.put(layout.timestampView(MENA, AT), value(second.body(), AT + 91 * DAY));
    assertThat(broken()).contains(Invariant.WHOLE, Invariant.NO_ORPHANS);
  }

  @Test
  void view_withABodyThatNamesAnother_isNotWhole() {
    for (Snapshot other : List.of(
        snapshot("europe", "first", AT),
        snapshot("mena", "other", AT),
        snapshot("mena", "first", AT + 5))) {
      keys = wholeRegion();
      keys.put(layout.idView(MENA, first.id()), value(other.body(), AT + 91 * DAY));
      keys.put(layout.timestampView(MENA, AT), value(other.body(), AT + 91 * DAY));
      assertThat(broken()).contains(Invariant.WHOLE);
    }
  }

  @Test
  void view_unreadableOrOfTheWrongKind_isNotWhole() {
    keys.put(layout.idView(MENA, first.id()), value(Value.utf8("broken"), AT + 91 * DAY));
    assertThat(broken()).contains(Invariant.WHOLE);

    keys = wholeRegion();
    keys.put(layout.idView(MENA, first.id()), new ObservedOther(NEVER));
    assertThat(broken()).contains(Invariant.WHOLE);
  }

  @Test
  void view_outsideTheIndex_isAnOrphan() {
    putViews(keys, snapshot("mena", "third", AT - 1));
    assertBroken(Invariant.NO_ORPHANS);
  }

  @Test
  void view_ofATrimmedMember_isOnItsWayOut() {
    putViews(keys, snapshot("mena", "trimmed", AT + 1 - 90 * DAY - 1));
    assertThat(violations()).isEmpty();

    putViews(keys, snapshot("mena", "kept", AT + 1 - 90 * DAY));
    assertBroken(Invariant.NO_ORPHANS);
  }

  @Test
  void member_whoseViewsHaveExpired_isOnItsWayOut() {
    keys.remove(layout.idView(MENA, first.id()));
    keys.remove(layout.timestampView(MENA, AT));
    keys.remove(claim());

    now = AT + 91 * DAY - 1;
    assertBroken(Invariant.WHOLE);
    now = AT + 91 * DAY;
    assertThat(violations()).isEmpty();
  }

  @Test
  void member_thatIsNoId_isNotWhole() {
    keys.put(
        layout.index(MENA),
        new ObservedIndex(
            new TreeSet<>(Set.of(entry(first), entry(second), new IndexEntry("{no id}", AT - 1))),
            OptionalLong.of(AT + 1 + 91 * DAY)));
    assertBroken(Invariant.WHOLE);
  }

  @Test
  void index_ofTheWrongKind_isNotWhole() {
    keys.put(layout.index(MENA), new ObservedOther(NEVER));
    assertThat(broken()).contains(Invariant.WHOLE, Invariant.NO_ORPHANS, Invariant.POINTER_IS_TOP);
  }

  @Test
  void live_ofTheWrongKind_isNotWhole() {
    keys.put(layout.live(MENA), value(Value.utf8("live"), NEVER));
    assertThat(violations()).isEmpty();

    keys.put(layout.live(MENA), new ObservedOther(NEVER));
    assertBroken(Invariant.WHOLE);
  }

  /** In this layout the keys of id views do not say whose they are. */
  @Test
  void idView_withoutARegionInItsName_belongsWhereItsBodySaysOrElseTheIndex() {
    layout = KeyLayout.WORLDMONITOR;
    keys = wholeRegion();
    Snapshot foreign = snapshot("europe", "foreign", AT);
    Value unreadable = Value.utf8("broken");
    keys.put(layout.idView(MENA, foreign.id()), value(foreign.body(), AT + 91 * DAY));
    keys.put(layout.idView(MENA, new SnapshotId("stray")), value(unreadable, AT + 91 * DAY));
    keys.put(layout.idView(MENA, new SnapshotId("list")), new ObservedOther(NEVER));
    assertThat(state(keys).idViews().keySet()).containsExactlyInAnyOrder(first.id(), second.id());

    keys.put(layout.idView(MENA, first.id()), value(unreadable, AT + 91 * DAY));
    keys.put(layout.idView(MENA, second.id()), new ObservedOther(NEVER));
    assertThat(state(keys).idViews().keySet()).containsExactlyInAnyOrder(first.id(), second.id());
    keys.remove(layout.index(MENA));
    assertThat(state(keys).idViews()).isEmpty();
  }

  @Test
  void pointer_missingOrNotTheTopOrOfTheWrongKind_isBroken() {
    keys.remove(layout.pointer(MENA));
    assertBroken(Invariant.POINTER_IS_TOP);

    keys.put(layout.pointer(MENA), value(first.id().toValue(), AT + 1 + 91 * DAY));
    assertBroken(Invariant.POINTER_IS_TOP);

    keys.put(layout.pointer(MENA), new ObservedOther(OptionalLong.of(AT + 1 + 91 * DAY)));
    assertBroken(Invariant.POINTER_IS_TOP);
  }

  @Test
  void pointer_withoutAnIndex_isBroken() {
    keys = new HashMap<>();
    keys.put(layout.pointer(MENA), value(first.id().toValue(), AT));
    assertBroken(Invariant.POINTER_IS_TOP);
  }

  @Test
  void twoMembersAtOneInstant_areBroken() {
    Snapshot twin = snapshot("mena", "twin", AT);
    keys.put(layout.idView(MENA, twin.id()), value(twin.body(), AT + 91 * DAY));
    keys.put(layout.index(MENA), index(AT + 1 + 91 * DAY, first, second, twin));

    assertThat(broken()).contains(Invariant.ONE_PER_INSTANT);
  }

  @Test
  void expiry_missingOrOff_isUnbounded() {
    for (Key key : List.of(
        layout.index(MENA),
        layout.pointer(MENA),
        layout.idView(MENA, first.id()),
        layout.timestampView(MENA, AT))) {
      for (OptionalLong expiry : List.of(NEVER, OptionalLong.of(AT + 91 * DAY + 7))) {
        keys = wholeRegion();
        keys.compute(key, (name, seen) -> expiring(seen, expiry));
        assertBroken(Invariant.BOUNDED);
      }
    }
    keys = wholeRegion();
    keys.put(claim(), value(second.id().toValue(), NEVER));
    assertBroken(Invariant.BOUNDED);
  }

  @Test
  void index_reachingBackBeyondTheRetention_isUnbounded() {
    Snapshot old = snapshot("mena", "old", AT + 1 - 90 * DAY - 1);
    putViews(keys, old);
    keys.put(layout.index(MENA), index(AT + 1 + 91 * DAY, old, first, second));
    assertBroken(Invariant.BOUNDED);
  }

  @Test
  void claim_namingWhatIsNotPersisted_lies() {
    for (Value held : List.of(Value.utf8("nobody"), Value.utf8("{no id}"))) {
      keys.put(claim(), value(held, now + 1));
      assertBroken(Invariant.CLAIM_IS_TRUE);
    }
    keys.put(claim(), new ObservedOther(OptionalLong.of(now + 1)));
    assertBroken(Invariant.CLAIM_IS_TRUE);
  }

  @Test
  void claim_namingAHalfPersistedSnapshot_lies() {
    Snapshot half = snapshot("mena", "half", AT - 1);
    keys.put(layout.idView(MENA, half.id()), value(half.body(), AT - 1 + 91 * DAY));
    keys.put(claim(), value(half.id().toValue(), now + 1));
    assertThat(broken()).contains(Invariant.CLAIM_IS_TRUE);

    keys.put(layout.idView(MENA, half.id()), value(Value.utf8("broken"), AT - 1 + 91 * DAY));
    assertThat(broken()).contains(Invariant.CLAIM_IS_TRUE);
  }

  @Test
  void claim_ofASnapshotTrimmedSince_stillTellsTheTruth() {
    Snapshot trimmed = snapshot("mena", "trimmed", AT + 1 - 90 * DAY - 1);
    putViews(keys, trimmed);
    keys.put(claim(), value(trimmed.id().toValue(), now + 1));
    assertThat(violations()).isEmpty();
  }

  @Test
  void step_pointerMovedBack_isBroken() {
    Map<Key, ObservedKey> before = new HashMap<>(keys);
    keys.put(layout.pointer(MENA), value(first.id().toValue(), AT + 1 + 91 * DAY));

    assertThat(step(before, keys)).containsExactly(Invariant.FORWARD_ONLY);
    assertThat(step(keys, before)).isEmpty();
    assertThat(step(before, before)).isEmpty();
  }

  @Test
  void step_idRewritten_isBroken() {
    Map<Key, ObservedKey> before = new HashMap<>(keys);
    keys.put(
        layout.idView(MENA, first.id()),
        value(snapshot("mena", "first", AT, "regime_shift").body(), AT + 91 * DAY));

    assertThat(step(before, keys)).containsExactly(Invariant.ONE_PER_INSTANT);
  }

  @Test
  void step_liveKeptByANewTop_isBroken() {
    keys.put(layout.live(MENA), value(Value.utf8("live"), NEVER));
    Map<Key, ObservedKey> before = new HashMap<>(keys);
    Snapshot third = snapshot("mena", "third", AT + 2);
    putViews(keys, third);
    keys.put(layout.index(MENA), index(AT + 2 + 91 * DAY, first, second, third));

    assertThat(step(before, keys)).containsExactly(Invariant.LIVE_CLEARED_BY_TOP);
    keys.remove(layout.live(MENA));
    assertThat(step(before, keys)).isEmpty();
  }

  @Test
  void step_liveClearedWithoutANewTop_isBroken_unlessItExpired() {
    Map<Key, ObservedKey> before = new HashMap<>(keys);
    before.put(layout.live(MENA), value(Value.utf8("live"), NEVER));
    assertThat(step(before, keys)).containsExactly(Invariant.LIVE_CLEARED_BY_TOP);

    before.put(layout.live(MENA), value(Value.utf8("live"), now));
    assertThat(step(before, keys)).isEmpty();
  }

  private void assertBroken(Invariant... expected) {
    assertThat(broken()).containsExactlyInAnyOrder(expected);
  }

  private Set<Invariant> broken() {
    return violations().stream().map(Violation::invariant).collect(Collectors.toSet());
  }

  private List<Violation> violations() {
    return judge().violations(state(keys));
  }

  private List<Invariant> step(Map<Key, ObservedKey> before, Map<Key, ObservedKey> after) {
    return judge().violations(state(before), state(after)).stream()
        .map(Violation::invariant)
        .toList();
  }

  private RegionInvariants judge() {
    return new RegionInvariants(layout, Policy.DEFAULT, Documents.PARSER);
  }

  private RegionState state(Map<Key, ObservedKey> seen) {
    return RegionState.of(MENA, layout, Documents.PARSER, seen, now);
  }

  private void putViews(Map<Key, ObservedKey> into, Snapshot snapshot) {
    long at = snapshot.generatedAtMillis();
    into.put(layout.idView(MENA, snapshot.id()), value(snapshot.body(), at + 91 * DAY));
    into.put(layout.timestampView(MENA, at), value(snapshot.body(), at + 91 * DAY));
  }

  private Key claim() {
    return layout.claim(MENA, new TriggerReason("scheduled_6h"), 1_985_760);
  }

  private static ObservedIndex index(long expiresAtMillis, Snapshot... snapshots) {
    TreeSet<IndexEntry> entries = new TreeSet<>();
    for (Snapshot snapshot : snapshots) {
      entries.add(entry(snapshot));
    }
    return new ObservedIndex(entries, OptionalLong.of(expiresAtMillis));
  }

  private static IndexEntry entry(Snapshot snapshot) {
    return new IndexEntry(snapshot.id().text(), snapshot.generatedAtMillis());
  }

  private static ObservedValue value(Value value, long expiresAtMillis) {
    return value(value, OptionalLong.of(expiresAtMillis));
  }

  private static ObservedValue value(Value value, OptionalLong expiresAtMillis) {
    return new ObservedValue(value, expiresAtMillis);
  }

  private static ObservedKey expiring(ObservedKey seen, OptionalLong expiresAtMillis) {
    return seen instanceof ObservedIndex index
        ? new ObservedIndex(index.entries(), expiresAtMillis)
        : new ObservedValue(((ObservedValue) seen).value(), expiresAtMillis);
  }
}
